import { describe, expect, test } from "vitest";
import { arrangeDiagnostics } from "../../../compiler/diagnostics/arrange.ts";
import { createDiagnosticCollector } from "../../../compiler/diagnostics/collector.ts";
import { formatDiagnostics } from "../../../compiler/diagnostics/format.ts";
import { diagnosticsToJson } from "../../../compiler/diagnostics/to-json.ts";
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

  test("control characters of the user's text reach no terminal", () => {
    const file = { name: "shop.yaml", text: "name: \u001b[2Jx" };
    const collector = createDiagnosticCollector(file);
    collector.report("validate/env-name", { start: 6, end: 11 }, { name: "\u001b[2Jx\ny" });
    expect(formatDiagnostics(collector.diagnostics)).not.toContain("\u001b");
  });
});

describe("diagnosticsToJson", () => {
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

describe("arrangeDiagnostics", () => {
  const file = { name: "shop.yaml", text: "x".repeat(500) };

  test("orders by position and leaves out repetitions", () => {
    const collector = createDiagnosticCollector(file);
    for (const start of [7, 3, 7]) collector.report("validate/env-name", { start, end: start + 1 }, { name: "x" });
    expect(arrangeDiagnostics(collector.diagnostics).map(({ span }) => span.start)).toEqual([3, 7]);
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
