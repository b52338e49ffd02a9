import { describe, expect, test } from "vitest";
import { arrangeDiagnostics } from "../../../compiler/diagnostics/arrange.ts";
import { createDiagnosticCollector } from "../../../compiler/diagnostics/collector.ts";
import { formatDiagnostics } from "../../../compiler/diagnostics/format.ts";
import { diagnosticsToJson } from "../../../compiler/diagnostics/to-json.ts";
import { compile } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { checkSource } from "./marked-source.ts";

const twice = `version: 1.1
stages:
- stage:
  - custom-script:
      alias: build
  - custom-script:
      alias: build
`;

describe("formatDiagnostics", () => {
  test("shows place, message, code, frame, related place and remedy", () => {
    const { diagnostics } = checkSource({ name: "ci/shop.yaml", text: twice });
    expect(formatDiagnostics(diagnostics)).toBe(
      [
        'ci/shop.yaml:7:14: error: The name "build" is used by two actions. [validate/duplicate-alias]',
        "  6 |   - custom-script:",
        "  7 |       alias: build",
        "    |              ^^^^^",
        '  ci/shop.yaml:5:14: "build" is used here first.',
        '  help: Give each action its own "alias".',
      ].join("\n"),
    );
  });

  test("colours only when asked", () => {
    const { diagnostics } = checkSource({ name: "shop.yaml", text: twice });
    expect(formatDiagnostics(diagnostics)).not.toContain("\u001b");
    expect(formatDiagnostics(diagnostics, { color: true })).toContain("\u001b[31merror:\u001b[0m");
  });

  test("carets stand below wide characters and tabs", () => {
    const file = { name: "shop.yaml", text: "描述: x \tbad" };
    const collector = createDiagnosticCollector(file);
    collector.report("validate/env-name", { start: 7, end: 10 }, { name: "bad" });
    const lines = formatDiagnostics(collector.diagnostics).split("\n");
    expect(lines[1]).toBe("  1 | 描述: x     bad");
    expect(lines[2]).toBe(`    | ${" ".repeat(12)}^^^`);
  });

  test("a long line is cut around what it is about", () => {
    const text = `name: ${"x".repeat(200)}${"é".repeat(3)}${"y".repeat(200)}`;
    const collector = createDiagnosticCollector({ name: "shop.yaml", text });
    collector.report("validate/env-name", { start: 206, end: 209 }, { name: "é" });
    const [, line, carets] = formatDiagnostics(collector.diagnostics).split("\n");
    expect(line).toBe(`  1 | ${"x".repeat(40)}ééé${"y".repeat(117)}`);
    expect(carets).toBe(`    | ${" ".repeat(40)}^^^`);
  });

  test.each([
    ["the end of its first line", "name: [a,\n  b]\n", 6, 14, ["  1 | name: [a,", "    |       ^^^"]],
    ["no blanks at its end", "name: shop   # here", 6, 13, ["  1 | name: shop   # here", "    |       ^^^^"]],
    ["no blanks at its start", "name:   shop", 5, 12, ["  1 | name:   shop", "    |      ^^^^^^^"]],
    ["blanks where there is nothing else", "name:   ", 5, 8, ["  1 | name:   ", "    |      ^^^"]],
    ["one character at least", "name:", 5, 5, ["  1 | name:", "    |      ^"]],
    ["a line behind a blank one", "a: 1\n  \nb: 2", 8, 9, ["  3 | b: 2", "    | ^"]],
    ["a line behind another", "a: 1\nb: 2", 5, 6, ["  1 | a: 1", "  2 | b: 2", "    | ^"]],
    ["column 121", `${"x".repeat(120)}!`, 120, 121, [`  1 | ${"x".repeat(120)}!`, `    | ${" ".repeat(120)}^`]],
    ["column 122", `${"x".repeat(121)}!`, 121, 122, [`  1 | ${"x".repeat(40)}!`, `    | ${" ".repeat(40)}^`]],
  ])("marks %s", (_, text, start, end, frame) => {
    const collector = createDiagnosticCollector({ name: "shop.yaml", text });
    collector.report("validate/env-name", { start, end }, { name: "x" });
    expect(formatDiagnostics(collector.diagnostics).split("\n").slice(1, -1)).toEqual(frame);
  });

  test("one blank line stands between two", () => {
    const collector = createDiagnosticCollector({ name: "shop.yaml", text: "a" });
    for (const name of ["x", "y"]) collector.report("validate/env-name", { start: 0, end: 1 }, { name });
    expect(formatDiagnostics(collector.diagnostics).split("\n\n")).toHaveLength(2);
    expect(formatDiagnostics([])).toBe("");
  });

  test("long texts of the user are cut", () => {
    const collector = createDiagnosticCollector({ name: "shop.yaml", text: "x" });
    for (const length of [120, 121]) {
      collector.report("validate/env-name", { start: 0, end: length }, { name: "x".repeat(length) });
    }
    expect(collector.diagnostics.map(({ message }) => /"(x+…?)"/.exec(message)?.[1])).toEqual([
      "x".repeat(120),
      `${"x".repeat(119)}…`,
    ]);
  });

  test("control characters of the user's text reach no terminal", () => {
    const file = { name: "shop.yaml", text: "name: \u001b[2Jx" };
    const collector = createDiagnosticCollector(file);
    collector.report("validate/env-name", { start: 6, end: 11 }, { name: "\u001b[2Jx\ny" });
    expect(formatDiagnostics(collector.diagnostics)).not.toContain("\u001b");
  });
});

describe("diagnosticsToJson", () => {
  test("says how a diagnostic can be mended", () => {
    const { diagnostics } = checkSource({ name: "shop.yaml", text: twice.replace("stages", "stagse") });
    const found = diagnosticsToJson(diagnostics).find(({ code }) => code === "read/unknown-key");
    expect(found).toEqual({
      code: "read/unknown-key",
      severity: "warning",
      message: '"stagse" is not a key of a pipeline and has no effect.',
      help: 'Did you mean "stages"?',
      fix: 'Write "stages" instead of "stagse"',
      line: 2,
      column: 1,
      endLine: 2,
      endColumn: 7,
    });
  });

  test("has lines and columns from 1 with an exclusive end", () => {
    const { diagnostics } = checkSource({ name: "shop.yaml", text: twice });
    expect(diagnosticsToJson(diagnostics)).toEqual([
      {
        code: "validate/duplicate-alias",
        severity: "error",
        message: 'The name "build" is used by two actions.',
        line: 7,
        column: 14,
        endLine: 7,
        endColumn: 19,
        help: 'Give each action its own "alias".',
        related: [{ message: '"build" is used here first.', line: 5, column: 14, endLine: 5, endColumn: 19 }],
      },
    ]);
  });
});

test("strictly, what has no effect is an error", () => {
  const text = `version: "1.1"\nnmae: shop\nstages:\n- stage:\n  - echo: {params: {text: open}, image: alpine:3}\n`;
  const severities = (strict: boolean) =>
    compile({ name: "shop.yaml", text }, { ...SHOP_CONTEXT, strict }).diagnostics.map((found) => [
      found.code,
      found.severity,
    ]);
  expect(severities(false).map(([, severity]) => severity)).toEqual(["warning", "warning"]);
  expect(severities(true)).toEqual([
    ["read/unknown-key", "error"],
    ["validate/image-not-used", "warning"],
  ]);
});

describe("arrangeDiagnostics", () => {
  const file = { name: "shop.yaml", text: "x".repeat(500) };

  test("orders by position and leaves out repetitions", () => {
    const collector = createDiagnosticCollector(file);
    for (const start of [7, 3, 7]) collector.report("validate/env-name", { start, end: start + 1 }, { name: "x" });
    expect(arrangeDiagnostics(collector.diagnostics).map(({ span }) => span.start)).toEqual([3, 7]);
  });

  test("at one place errors come first, then the shorter, then by code", () => {
    const collector = createDiagnosticCollector(file);
    collector.report("read/no-effect-yet", { start: 3, end: 5 }, { key: "a" });
    collector.report("validate/timeout", { start: 3, end: 9 }, { seconds: -2 });
    collector.report("validate/env-name", { start: 3, end: 9 }, { name: "x" });
    collector.report("validate/env-name", { start: 3, end: 4 }, { name: "x" });
    const order = arrangeDiagnostics(collector.diagnostics).map(({ code, span }) => `${code} ${span.end}`);
    expect(order).toEqual(["validate/env-name 4", "validate/env-name 9", "validate/timeout 9", "read/no-effect-yet 5"]);
    const cut = arrangeDiagnostics([...collector.diagnostics].reverse(), 3).map(
      ({ code, span }) => `${code} ${span.end}`,
    );
    expect(cut.slice(0, 3)).toEqual(order.slice(0, 3));
  });

  test("what is left of many stands in the order of the file", () => {
    const collector = createDiagnosticCollector(file);
    collector.report("read/no-effect-yet", { start: 1, end: 2 }, { key: "a" });
    collector.report("validate/env-name", { start: 5, end: 6 }, { name: "x" });
    collector.report("read/no-effect-yet", { start: 7, end: 8 }, { key: "b" });
    expect(arrangeDiagnostics(collector.diagnostics, 2).map(({ span }) => span.start)).toEqual([1, 5, 5]);
  });

  test("as many as are asked for", () => {
    const collector = createDiagnosticCollector(file);
    for (const start of [9, 3]) collector.report("validate/env-name", { start, end: start + 1 }, { name: `x${start}` });
    const shown = [0, 1, 2].map((most) => arrangeDiagnostics(collector.diagnostics, most).map(({ code }) => code));
    expect(shown).toEqual([
      [],
      ["validate/env-name", "validate/too-many-diagnostics"],
      ["validate/env-name", "validate/env-name"],
    ]);
  });

  test("keeps errors before warnings when there are more than a hundred, and says so", () => {
    const collector = createDiagnosticCollector(file);
    for (let start = 0; start < 120; start++) {
      collector.report("read/no-effect-yet", { start, end: start + 1 }, { key: `key${start}` });
    }
    collector.report("validate/env-name", { start: 400, end: 401 }, { name: "x" });
    const shown = arrangeDiagnostics(collector.diagnostics);
    expect(shown).toHaveLength(101);
    expect(shown.some(({ code }) => code === "validate/env-name")).toBe(true);
    expect(shown.at(-1)).toMatchObject({
      code: "validate/too-many-diagnostics",
      message: "21 more are not shown.",
    });
  });
});
