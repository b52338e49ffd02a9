import { describe, expect, test } from "vitest";
import { checkSource, expectClean, expectMarked } from "../../diagnostics/marked-source.ts";

const published = `version: 1.1
stages:
- stage:
  - git-checkout:
    alias: repo
    uri: https://github.com/erda-project/erda
    branch: master
- stage:
  - custom-script:
    alias: build erda
    commands:
      - cd \${dirs.repo} # file reference
      - make GIT_COMMIT=\${outputs.repo.commit} # value reference
`;

/** Applies every fix of the diagnostics, last place first. */
function fixed(text: string): string {
  const edits = checkSource({ name: "pipeline.yaml", text }).diagnostics.flatMap(({ fixes }) =>
    (fixes ?? []).flatMap((fix) => fix.edits),
  );
  return [...edits]
    .sort((left, right) => right.span.start - left.span.start)
    .reduce((now, { newText, span }) => now.slice(0, span.start) + newText + now.slice(span.end), text);
}

describe("the example as its authors printed it", () => {
  test("is read as they meant it, with warnings", () => {
    const { diagnostics, pipeline } = checkSource({ name: "pipeline.yaml", text: published });
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning read/keys-beside-type",
      "warning read/param-outside-params",
      "warning read/param-outside-params",
      "warning read/keys-beside-type",
    ]);
    const [checkout, build] = pipeline?.stages.flatMap(({ actions }) => actions) ?? [];
    expect(checkout).toMatchObject({
      alias: { value: "repo" },
      type: { value: "git-checkout" },
      params: [
        { key: "uri", value: { value: "https://github.com/erda-project/erda" } },
        { key: "branch", value: { value: "master" } },
      ],
    });
    expect(build).toMatchObject({
      alias: { value: "build erda" },
      commands: {
        parts: [
          "cd ",
          { reference: { kind: "dir", namespace: "repo" } },
          "\nmake GIT_COMMIT=",
          { reference: { kind: "output", action: "repo", output: "commit" } },
        ],
      },
    });
  });

  test("its fixes give the usual form", () => {
    expect(fixed(published)).toBe(`version: 1.1
stages:
- stage:
  - git-checkout:
      alias: repo
      params:
        uri: https://github.com/erda-project/erda
        branch: master
- stage:
  - custom-script:
      alias: build erda
      commands:
        - cd \${dirs.repo} # file reference
        - make GIT_COMMIT=\${outputs.repo.commit} # value reference
`);
    expectClean(fixed(published));
  });
});

describe("inputs beside params", () => {
  test("move under params, comments included", () => {
    const text = `version: 1.1
stages:
- stage:
  - git-checkout:
      uri: https://shop # where the shop is kept
      alias: repo
      params:
          branch: main
      # only the newest commit
      depth: 1
`;
    expect(fixed(text)).toBe(`version: 1.1
stages:
- stage:
  - git-checkout:
      alias: repo
      params:
          branch: main
      # only the newest commit
          uri: https://shop # where the shop is kept
          depth: 1
`);
    expectClean(fixed(text));
  });

  test("an input in both places is a mistake", () => {
    expectMarked(`version: 1.1
stages:
- stage:
  - git-checkout:
      uri: https://shop
      ~~~ read/param-outside-params
      ~~~ parse/duplicate-key
      params: {uri: https://shop}
`);
  });

  test("maps on one line are read, without a fix", () => {
    const text = "version: 1.1\nstages: [{stage: [{git-checkout: {uri: x}}]}]\n";
    const { diagnostics, pipeline } = checkSource({ name: "pipeline.yaml", text });
    expect(diagnostics).toMatchObject([{ code: "read/param-outside-params" }]);
    expect(diagnostics[0]?.fixes).toBeUndefined();
    expect(pipeline?.stages[0]?.actions[0]?.params).toMatchObject([{ key: "uri" }]);
  });
});

describe("what is no such item is an indent mistake", () => {
  test.each([
    ["two types", "  - git-checkout:\n    announce:\n"],
    ["an unknown key", "  - announce:\n    shout: loud\n"],
    ["a type with a body", "  - custom-script: {alias: a}\n    image: x\n"],
    ["no type at all", "  - alias: a\n    image: x\n"],
  ])("%s", (_what, item) => {
    const { diagnostics } = checkSource({ name: "p.yaml", text: `version: 1.1\nstages:\n- stage:\n${item}` });
    expect(diagnostics.map(({ code }) => code)).toEqual(["read/indent"]);
  });

  test("an unknown type may have the keys of an action beside it", () => {
    expectMarked(`version: 1.1
stages:
- stage:
  - jss:
    ~~~ read/keys-beside-type
    ~~~ validate/unknown-action
    alias: front
`);
  });
});
