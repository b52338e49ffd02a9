import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasErrors } from "../../../compiler/diagnostics/collector.ts";
import { formatDiagnostics } from "../../../compiler/diagnostics/format.ts";
import { diagnosticsToJson } from "../../../compiler/diagnostics/to-json.ts";
import { evaluateExpression } from "../../../compiler/expression/evaluate.ts";
import { stripBraces } from "../../../compiler/expression/parse-field.ts";
import { positionOf } from "../../../compiler/source/line-map.ts";
import { checkSource } from "../diagnostics/marked-source.ts";
import { SHOP_CONTEXT } from "../diagnostics/shop-context.ts";
import { parseText, scopeOf } from "../expression/expressions.ts";

// Real pipelines of the Erda project; they are no part of this repository.
const corpus = new URL("../../../../shared/corpus/erda/", import.meta.url);
const isHere = existsSync(fileURLToPath(corpus));
const warn = { ...SHOP_CONTEXT, actionTypes: new Map(), unknownActions: "warn" as const, defaultExecutor: "box" };

interface Row {
  readonly file: string;
  readonly verdict: string;
  readonly form: string;
  readonly text: string;
}

function readRows(): readonly Row[] {
  const lines = readFileSync(new URL("index.tsv", corpus), "utf8").trim().split("\n").slice(1);
  return lines.map((line) => {
    const [file = "", , , verdict = "", , form = ""] = line.split("\t");
    return { file, verdict, form, text: readFileSync(new URL(file, corpus), "utf8") };
  });
}

const rows = isHere ? readRows() : [];
if (!isHere)
  process.stderr.write("The corpus of Erda pipelines is not here; only the files in this test are checked.\n");

/** Files by number, with the line of what Erda's parser says of them, and our code for it. */
const REASONS: readonly (readonly [RegExp, line: number, code: string])[] = [
  [/gotest\/08[78]/, 18, "parse/tab-indentation"],
  [/gotest\/09[34]/, 1, "read/unsupported-version"],
  [/docs\/141/, 3, "read/missing-version"],
  [/docs\/208/, 8, "parse/duplicate-key"],
  [/docs\/(145|146|163)/, 1, "parse/empty-file"],
  [/docs\/147/, 5, "read/indent"],
  [/docs\/162/, 2, "parse/key-without-colon"],
  [/docs\/20[67]/, 11, "parse/bad-indentation"],
  [/history\/(293|295|297|301|303|305|307)/, 28, "validate/duplicate-alias"],
  [/history\/334/, 33, "parse/bad-indentation"],
];

const print = (line: string) => process.stderr.write(`${line}\n`);

// Where the corpus is absent these tests do not exist, so nothing is reported as skipped.
const corpusTest = (name: string, body: () => void) => isHere && test(name, body);
const corpusSuite = (name: string, body: () => void) => isHere && describe(name, body);

const check = (row: { readonly file: string; readonly text: string }) =>
  checkSource({ name: row.file, text: row.text }, warn).diagnostics;

describe("files of Erda", () => {
  test("a usual file has no errors", () => {
    const text = `version: "1.1"
on:
  push:
    branches: [develop, release/*]
stages:
  - stage:
      - git-checkout:
          alias: shop
          params: {depth: 1}
  - stage:
      - extract-repo-version:
          alias: version
          params: {git_dir: "\${{ dirs.shop }}"}
      - js-build:
          alias: front
          params: {workdir: "\${shop}/front"}
          resources: {cpu: 2, mem: 6144}
  - stage:
      - release:
          params:
            tag_version: \${{ outputs.version.version }}
            dice_yml: \${shop}/erda.yml
            image: {front: "\${front:OUTPUT:image}"}
`;
    expect(hasErrors(check({ file: "usual.yml", text }))).toBe(false);
  });

  corpusTest("at least 97 in 100 of the valid ones pass; the others refer to an action that does not exist", () => {
    const valid = rows.filter(({ form, verdict }) => verdict === "valid" && form.startsWith("1.1"));
    const refused = valid.filter((row) => hasErrors(check(row)));
    const share = 1 - refused.length / valid.length;
    print(`${valid.length - refused.length} of ${valid.length} valid files pass (${(share * 100).toFixed(1)} %).`);
    expect(share, refused.map((row) => formatDiagnostics(check(row))).join("\n\n")).toBeGreaterThanOrEqual(0.97);
    const reasons = refused.flatMap((row) => check(row).filter(({ severity }) => severity === "error"));
    expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(["validate/unknown-action-reference"]));
  });

  corpusTest("the invalid ones are refused for Erda's reason at its place", () => {
    const invalid = rows.filter(({ verdict }) => verdict === "invalid");
    const right = invalid.filter((row) => {
      const reason = REASONS.find(([files]) => files.test(row.file));
      const places = check(row).map(({ code, file, span }) => `${positionOf(file, span.start).line} ${code}`);
      return reason !== undefined && places.includes(`${reason[1]} ${reason[2]}`);
    });
    print(`${right.length} of ${invalid.length} invalid files are refused for Erda's reason.`);
    // docs/compatibility.md says why the other one is read.
    expect(invalid.filter((row) => !right.includes(row)).map(({ file }) => file.slice(0, 8))).toEqual(["docs/158"]);
  });

  corpusTest("every diagnostic has a place in its file and a remedy", () => {
    for (const row of rows) {
      for (const { code, help, span } of check(row)) {
        expect(help, `${row.file} ${code}`).toBeDefined();
        expect(span.start >= 0 && span.end >= span.start && span.end <= row.text.length, `${row.file} ${code}`).toBe(
          true,
        );
      }
    }
  });

  test("any change of a file gives diagnostics or none, and never throws", () => {
    const texts = isHere ? rows.map(({ text }) => text) : ["version: 1.1\nstages:\n- stage:\n  - custom-script:\n"];
    const changed = fc
      .tuple(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), fc.string())
      .map(([text, where, length, insert]) => {
        const start = Math.floor(where * text.length);
        return text.slice(0, start) + insert + text.slice(start + length);
      });
    fc.assert(
      fc.property(changed, (text) => {
        const diagnostics = check({ file: "changed.yml", text });
        expect(diagnosticsToJson(diagnostics)).toHaveLength(diagnostics.length);
        formatDiagnostics(diagnostics);
      }),
      { numRuns: 300 },
    );
  });
});

corpusSuite("expressions of Erda's own tests", () => {
  const lines = isHere ? readFileSync(new URL("expressions.tsv", corpus), "utf8").split("\n").slice(1) : [];
  const table = lines.filter(Boolean).map((line) => {
    const [kind = "", input = "", values = "", expected = ""] = line.split("\t");
    return { kind, input, values, expected };
  });
  const ofKind = (kind: string) => table.filter((row) => row.kind === kind);

  test.each(ofKind("if-strip"))("$input is stripped to $expected", ({ expected, input }) => {
    expect(stripBraces(input)?.text.trim()).toBe(expected.trim());
  });

  test.each(ofKind("placeholder"))("$input: $expected", ({ expected, input }) => {
    // Erda leaves a placeholder with other spacing as it is; here it is read, with a warning.
    const codes = parseText(`'${input}' == ''`).diagnostics.map(({ code }) => code);
    expect(codes).toEqual(expected === "well-formed" ? [] : ["read/placeholder-spacing"]);
  });

  test.each(ofKind("loop-eval"))("loop $input: $expected", ({ expected, input, values }) => {
    const entries = values.split(" ").flatMap((pair) => {
      const [name, value] = pair.split("=");
      if (!name || value === undefined) return [];
      return [[name, value]];
    });
    const { diagnostics, expression } = parseText(input);
    if (expected.startsWith("error: invalid placeholders")) {
      // Two spaces: the braces are those around the whole expression here.
      expect(diagnostics).toEqual([]);
    } else if (expected.startsWith("error")) {
      expect(expression).toBeUndefined();
    } else {
      const scope = scopeOf(Object.fromEntries(entries));
      expect(expression && evaluateExpression(expression, scope)).toEqual({ ok: true, value: true });
    }
  });

  test.each(ofKind("if-eval"))("if $input: $expected", ({ expected, input }) => {
    const { expression } = parseText(input);
    if (expected.startsWith("TaskJumpOver")) expect(expression).toBeUndefined();
    else expect(expression && evaluateExpression(expression, scopeOf({}))).toEqual({ ok: true, value: true });
  });

  test.each(ofKind("output-key"))("$input is an output: $expected", ({ expected, input }) => {
    const { expression } = parseText(input);
    const reference = expression?.kind === "reference" ? expression.reference : undefined;
    const key = reference?.kind === "output" ? reference.output : undefined;
    expect(key).toBe(expected.endsWith("true") ? expected.split(",")[0] : undefined);
  });
});
