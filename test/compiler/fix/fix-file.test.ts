import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, type Diagnostic, EXPLAINED_CODES, fixFile, formatDiagnostics } from "../../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../built-in-context.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/fix/", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));

const fileOf = (text: string) => ({ name: "pipeline.yaml", text });
const complete = { ...BUILT_IN_CONTEXT, mostDiagnostics: Number.POSITIVE_INFINITY };
const fixed = (text: string) => fixFile(fileOf(text), BUILT_IN_CONTEXT);
const errorsOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === "error").length;

describe.each(readdirSync(FIXTURES))("%s", (name) => {
  const before = readFileSync(`${FIXTURES}${name}/before.yaml`, "utf8");
  const after = readFileSync(`${FIXTURES}${name}/after.yaml`, "utf8");

  test("is mended, comments and layout kept", () => expect(fixed(before).file.text).toBe(after));

  test("once mended it stays as it is", () => {
    expect(fixed(after)).toMatchObject({ file: { text: after }, applied: [] });
  });
});

test("what is left is what only the author can mend", () => {
  const { left } = fixed(readFileSync(`${FIXTURES}no-single-remedy/before.yaml`, "utf8"));
  expect(left.map(({ code, help }) => `${code} ${help}`)).toEqual([
    'validate/unknown-directory Did you mean "build" or "built"?',
  ]);
});

test("the published example becomes the usual form, without a warning", () => {
  const { applied, left } = fixed(readFileSync(`${EXAMPLES}published-example/as-published.yaml`, "utf8"));
  expect(applied.map(({ code }) => code)).toContain("read/keys-beside-type");
  expect(formatDiagnostics(left)).toBe("");
});

test("places are those of the text as it was given, whatever round mended them", () => {
  const text = `stages:
- stage:
  - echo:
      params: {text: open}
      if: \${{ 1 = 1 and True }}
`;
  expect(fixed(text).applied.map(({ code, column, line }) => `${line}:${column} ${code}`)).toEqual([
    "1:1 read/missing-version",
    "5:17 expression/unknown-operator",
    "5:21 expression/unexpected-token",
    "5:25 expression/unknown-name",
  ]);
});

test.each([
  ["the type does not come first", "  -\n    alias: tell\n    echo:\n    params: {text: open}\n"],
  ["a key stands beside the dash", "  - alias: tell\n    echo:\n    params: {text: open}\n"],
])("keys beside the type stay where they are when %s", (_, item) => {
  const text = `version: "1.1"\nstages:\n- stage:\n${item}`;
  expect(fixed(text)).toMatchObject({ file: { text }, left: [{ code: "read/keys-beside-type" }] });
});

test("blank lines among what is indented stay blank", () => {
  const text = (by: string) =>
    `version: "1.1"\nstages:\n- stage:\n  - echo:\n${by}    alias: tell\n\n${by}    params: {text: open}\n`;
  expect(fixed(text("")).file.text).toBe(text("  "));
});

test("a fix that mends nothing is not applied", () => {
  // "alias" exists already, so that the other name could only make a duplicate of it.
  const text = 'version: "1.1"\nstages:\n- stage:\n  - echo:\n      alias: a\n      aliass: b\n';
  expect(fixed(text)).toMatchObject({ file: { text }, applied: [], left: [{ code: "read/unknown-key" }] });
});

describe("a mistake that hid others", () => {
  const START = 'version: "1.1"\nstages:\n- stage:\n  - custom-script: {alias: build, commands: make}\n- stage:\n';
  const codesOf = (text: string) => {
    const { applied, left } = fixed(text);
    return { applied: applied.map(({ code }) => code), left: left.map(({ code }) => code) };
  };

  test("a misspelt key, in a file that is wrong: what stands in its value is told", () => {
    const text = `${START}  - custom-script:
      alias: test
      loop:
        breaks: \${{ mood == 1 }}

        strategy: {max_times: 2}
      executor: moon
      commands: make test
`;
    expect(codesOf(text)).toEqual({
      applied: ["read/unknown-key"],
      left: ["expression/unknown-name", "validate/unknown-executor"],
    });
  });

  test("the same in a file without an error stays: fixing never breaks what runs", () => {
    const text = `${START}  - custom-script:\n      commands: make test\n      when: \${{ mood == 1 }}\n`;
    expect(codesOf(text)).toEqual({ applied: [], left: ["read/unknown-key"] });
  });

  test("but is written where all that it hid can be mended", () => {
    const text = `${START}  - custom-script:\n      commands: make test\n      when: \${{ 1 = 1 and True }}\n`;
    expect(codesOf(text).left).toEqual([]);
  });

  test("a line of YAML: the next wrong line is told", () => {
    const text = `${START}  - custom-script:
      commands: echo shop: open
  - custom-script:
      commands: [make
`;
    const { applied, left } = fixed(text);
    expect(applied.map(({ line }) => line)).toEqual([7]);
    expect(left.map(({ code }) => code)).toEqual(["parse/missing-character"]);
  });

  test("a key whose right name brings a mistake elsewhere stays as it is", () => {
    const text = `${START}  - custom-script:\n      name: test\n      commands: make test\n      executor: moon
- stage:\n  - custom-script: {alias: next, commands: "ls \${{ dirs.custom-script }}"}\n`;
    expect(codesOf(text)).toEqual({ applied: [], left: ["read/unknown-key", "validate/unknown-executor"] });
  });
});

test("a fix that does not help rides on none that does", () => {
  const text = (type: string, key: string) => `version: "1.1"
stages:
- stage:
  - custom-script:
      name: first # as alias it would take the name from the directory below
      commands: make
- stage:
  - ${type}:
      alias: second
      ${key}: sh
      commands: ls \${{ dirs.custom-script }}
`;
  const { applied, file, left } = fixed(text("custom-scrip", "shel"));
  expect(file.text).toBe(text("custom-script", "shell"));
  expect(applied).toHaveLength(2);
  expect(left.map(({ code }) => code)).toEqual(["read/unknown-key"]);
});

test("a misspelt type is mended, also where the right one has a warning of its own", () => {
  const text = `version: "1.1"\nstages:\n- stage:\n  - git-checkot: {}\n`;
  expect(fixed(text).left.map(({ code }) => code)).toEqual(["validate/param-from-env"]);
});

test("a file of more mistakes than are shown is mended all the same", () => {
  const actions = Array.from({ length: 150 }, (_, index) => `  - ecoh: {alias: tell ${index}}\n`).join("");
  const { applied, left } = fixed(`version: "1.1"\nstages:\n- stage:\n${actions}`);
  expect(applied).toHaveLength(150);
  expect(left).toEqual([]);
});

test("only codes whose explanation says so have a fix", () => {
  const fixable = new Set<string>(
    EXPLAINED_CODES.flatMap(({ code, explanation }) => ("fix" in explanation ? [code] : [])),
  );
  const texts = EXPLAINED_CODES.flatMap(({ explanation }) => ("wrong" in explanation ? [explanation.wrong] : []));
  const offered = texts.flatMap((text) =>
    compile(fileOf(text), BUILT_IN_CONTEXT).diagnostics.filter(({ fixes }) => fixes),
  );
  expect(new Set(offered.map(({ code }) => code))).toEqual(fixable);
});

describe("whatever the text is", () => {
  const texts = EXPLAINED_CODES.flatMap(({ explanation }) =>
    "wrong" in explanation ? [explanation.wrong, explanation.right] : [],
  );
  /** Two files one below the other, and some characters of them replaced. */
  const damaged = fc
    .tuple(
      fc.constantFrom(...texts),
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom("", " ", "\t", "\n", ":", "'", "x", "- ", "${", "}}")), {
        maxLength: 4,
      }),
    )
    .map(([first, second, changes]) => {
      const joined = first + second.replace(/^version.*\nstages:\n/, "");
      return changes.reduce((text, [at, by]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + by + text.slice(place + 1);
      }, joined);
    });

  test("a fixed file has no error that it had not, unless one was hidden, and nothing more to fix", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const before = compile(fileOf(text), BUILT_IN_CONTEXT);
        const { applied, file, left } = fixed(text);
        if (applied.length === 0) expect(file.text).toBe(text);
        if (errorsOf(before.diagnostics) === 0) expect(errorsOf(left)).toBe(0);
        expect(formatDiagnostics(left)).toBe(formatDiagnostics(compile(file, complete).diagnostics));
        expect(fixFile(file, BUILT_IN_CONTEXT).applied).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
