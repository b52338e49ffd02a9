import { describe, expect, test } from "vitest";
import { compile, drawPipeline, InternalCompilerError, type PipelineDiagram } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { compileText, pipelineText } from "../compile-text.ts";

function diagramOf(text: string): PipelineDiagram {
  compileText(text);
  const file = { name: "ci/shop.yaml", text };
  const { pipeline } = compile(file, SHOP_CONTEXT);
  if (!pipeline) throw new Error("There is no pipeline.");
  return drawPipeline(pipeline, SHOP_CONTEXT, file);
}

const edgesOf = (text: string) => diagramOf(text).edges;

describe("actions", () => {
  test("have what a box shows, and their place", () => {
    const text = `version: "1.1"
stages:
- stage:
  - custom-script:
      alias: smoke test
      if: \${{ 1 == 1 }}
      commands: make
      loop:
        strategy: {max_times: 15}
      retry: {max_times: 2}
  - wait: {params: {wait_time_sec: 5}}
  - wait: {alias: cool down, if: "true", params: {wait_time_sec: 9}}
  - wait: {alias: rest, if: "true", params: {wait_time_sec: "\${{ params.rest }}"}}
  - custom-script: {alias: docs, disable: true}
params:
- name: rest
`;
    const { actions, name } = diagramOf(text);
    expect(name).toBe("shop");
    expect(actions).toEqual([
      {
        key: expect.stringMatching(/^smoke-test-/),
        alias: "smoke test",
        type: "custom-script",
        executor: "local",
        stage: 1,
        disabled: false,
        if: "${{ 1 == 1 }}",
        loop: { until: "task_status == 'Success'", maxTimes: 15 },
        retry: { maxTimes: 2 },
        line: 4,
        column: 5,
      },
      expect.objectContaining({ key: "wait", wait: { seconds: 5 } }),
      expect.objectContaining({ alias: "cool down", wait: { seconds: 9 } }),
      expect.objectContaining({ alias: "rest", wait: { seconds: null } }),
      expect.objectContaining({ alias: "docs", disabled: true }),
    ]);
  });

  test("a pipeline that says its name keeps it", () => {
    expect(diagramOf(pipelineText([["build"]])).name).toBe("shop");
  });
});

describe("arrows", () => {
  test("stages follow each other, also where one is disabled", () => {
    expect(edgesOf(pipelineText([["build"], ["lint!"], ["deploy"]]))).toEqual([
      { kind: "next", from: 1, to: 2 },
      { kind: "next", from: 2, to: 3 },
    ]);
  });

  test("a failure jumps to the next stage with an if", () => {
    expect(
      edgesOf(pipelineText([["build"], ["deploy"], ["clean up?"]])).filter(({ kind }) => kind === "failure"),
    ).toEqual([
      { kind: "failure", from: 1, to: 3 },
      { kind: "failure", from: 2, to: 3 },
    ]);
  });

  test("values and files, each pair once with all its names, wherever the reference stands", () => {
    const text = `version: "1.1"
stages:
- stage:
  - git-checkout: {alias: repo, params: {uri: "https://example.com/shop.git"}}
  - custom-script:
      alias: build
      namespaces: [app]
      commands: echo "version=1" >> "$METAFILE"
- stage:
  - custom-script:
      alias: deploy
      if: \${{ \${{ outputs.repo.branch }} == 'main' }}
      commands:
      - ls \${{ dirs.app }} \${{ dirs.build }} \${{ dirs.app }}
      - make \${{ outputs.repo.commit }} \${{ outputs.build.version }}
      loop:
        break: \${{ outputs.deploy.done }} == 'yes'
`;
    expect(edgesOf(text).filter(({ kind }) => kind === "value" || kind === "file")).toEqual([
      { kind: "file", from: "build", to: "deploy", names: ["app", "build"] },
      { kind: "value", from: "repo", to: "deploy", names: ["commit", "branch"] },
      { kind: "value", from: "build", to: "deploy", names: ["version"] },
    ]);
  });
});

test("a pipeline that has not compiled is a bug of the caller", () => {
  const file = { name: "shop.yaml", text: pipelineText([["build"]]) };
  const { pipeline } = compile(file, SHOP_CONTEXT);
  if (!pipeline) throw new Error("There is no pipeline.");
  expect(() => drawPipeline(pipeline, { ...SHOP_CONTEXT, actionTypes: new Map() }, file)).toThrow(
    InternalCompilerError,
  );
});
