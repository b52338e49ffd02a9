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
