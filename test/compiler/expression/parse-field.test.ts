import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateExpression } from "../../../compiler/expression/evaluate.ts";
import { stripBraces } from "../../../compiler/expression/parse-field.ts";
import { parseText, scopeOf, wordsFor } from "./expressions.ts";

describe("the outer braces are optional", () => {
  test.each([
    ["${{ 1 == 1 }}"],
    ["1 == 1"],
    ["${{1 == 1}}"],
    ["  ${{   1 == 1   }}  "],
    ["${{ '${{ outputs.build.k }}' == 'v' && 1 == 1 }}"],
    ["${{ outputs.build.a }} == ${{ outputs.build.b }}"],
    ["${{ outputs.build.a }}"],
    ["${{ '${{' == '}}' }}"],
    ["${{ '}}' == '}}' }}"],
  ])("%s", (text) => {
    const { diagnostics, expression } = parseText(text);
    expect(diagnostics).toEqual([]);
    expect(expression).toBeDefined();
  });

  test("spans count from the beginning of the text", () => {
    const text = "${{ task_status == 'Success' }}";
    const { expression } = parseText(text);
    expect(text.slice(expression?.span.start, expression?.span.end)).toBe("task_status == 'Success'");
  });

  test("one pair is stripped", () => {
    expect(stripBraces("${{${{ == '2' }}}}")).toEqual({ text: "${{ == '2' }}", start: 3 });
    expect(stripBraces("${{ 1")).toBeUndefined();
    expect(stripBraces("${{}")).toBeUndefined();
  });
});

/** What is said of every mistake below; `vitest run test/compiler/expression -u` writes it. */
const WORDS = fileURLToPath(new URL("mistakes.txt", import.meta.url));

describe("mistakes", () => {
  const mistakes: readonly (readonly [text: string, code: string, at: string | undefined])[] = [
    ["", "expression/empty", ""],
    ["${{ }}", "expression/empty", " "],
    ["1 ==", "expression/unexpected-end", ""],
    ["1 == == 2", "expression/unexpected-token", "=="],
    ["(1 == 1", "expression/unexpected-end", ""],
    ["1 == 1)", "expression/unexpected-token", ")"],
    ["1 2", "expression/unexpected-token", "2"],
    ["'open", "expression/unclosed-string", "'open"],
    ["a = 1", "expression/unexpected-token", undefined],
    ["1 = 1", "expression/unknown-operator", "="],
    ["1 @ 2", "expression/unknown-character", "@"],
    ["1x == 1", "expression/bad-number", "1x"],
    ["aa", "expression/unknown-name", "aa"],
    ["always()", "expression/unknown-name", "always"],
    ["${HOME} == 'x'", "expression/unknown-name", "${HOME}"],
    ["'a' =~ '('", "expression/bad-pattern", "'('"],
    ["'a' =~ '(?=b)'", "expression/bad-pattern", "'(?=b)'"],
    ["${{ configs.${{ configs.key1 }} }} ${{ configs.key3 }}== 123", "expression/unexpected-token", undefined],
    ["${{${{ == '2' }}}}", "read/expression-in-value", undefined],
    ["1 == 1 and 2 == 2", "expression/unexpected-token", "and"],
    ["1 == 1 or 2 == 2", "expression/unexpected-token", "or"],
    ["not 1 == 1", "expression/unknown-name", "not"],
    ["True", "expression/unknown-name", "True"],
    ["False", "expression/unknown-name", "False"],
    ["null", "expression/unknown-name", "null"],
    ["nil == 'x'", "expression/unknown-name", "nil"],
    ["failure()", "expression/unknown-name", "failure"],
    ["success()", "expression/unknown-name", "success"],
    ["!cancelled()", "expression/unknown-name", "cancelled"],
    ["contains(params.target, 'x')", "expression/unknown-name", "contains"],
    ["startsWith(params.target, 'x')", "expression/unknown-name", "startsWith"],
    ["hashFiles('x')", "expression/unknown-name", "hashFiles"],
    ["task_satus == 'x'", "expression/unknown-name", "task_satus"],
    ["1 == 1 then", "expression/unexpected-token", "then"],
    ["(1, 2", "expression/unexpected-end", ""],
    ["[1 2]", "expression/unexpected-token", "2"],
    ["* 2", "expression/unexpected-token", "*"],
    ["$HOME == 'x'", "expression/unknown-name", "$"],
    ["${{ github.sha }} == 'x'", "read/misspelled-reference", "${{ github.sha }}"],
    ["secrets.TOKEN == 'x'", "expression/unknown-name", "secrets.TOKEN"],
    ["1.2.3 == 1", "expression/bad-number", "1.2.3"],
    ["1e+5x == 1", "expression/bad-number", undefined],
    ["🛒", "expression/unknown-character", "🛒"],
  ];

  test("are told in these words", async () => {
    const told = mistakes.map(([text]) => [text, ...wordsFor(text, parseText(text).diagnostics)].join("\n  "));
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot(WORDS);
  });

  test.each(mistakes)("%s", (text, code, at) => {
    const { diagnostics, expression } = parseText(text);
    expect(expression).toBeUndefined();
    if (code === "expression/unexpected-token" && text === "a = 1") return;
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    const [{ span } = { span: { start: 0, end: 0 } }] = diagnostics;
    if (at !== undefined) expect(text.slice(span.start, span.end)).toBe(at);
  });

  test("two spaces in a placeholder are a warning here, an error in Erda", () => {
    const { diagnostics, expression } = parseText("${{  configs.key }} == 1");
    expect(expression).toBeDefined();
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["read/placeholder-spacing", "warning"],
    ]);
  });

  test("words of other languages have a remedy", () => {
    expect(parseText("and").diagnostics[0]?.help).toBe('Write "&&".');
    expect(parseText("task_satus == 'x'").diagnostics[0]?.help).toBe('Did you mean "task_status"?');
    expect(parseText("task_status == 'x'", []).diagnostics[0]?.help).toBe(
      '"task_status" has a value only in "loop.break"; an "if" can compare outputs, params and configs.',
    );
  });

  test("nesting and length are bounded", () => {
    expect(parseText(`${"(".repeat(5000)}1`).diagnostics[0]?.code).toBe("expression/too-deep");
    expect(parseText(`${"!".repeat(5000)}true`).diagnostics[0]?.code).toBe("expression/too-deep");
    expect(parseText("1+".repeat(10_000)).diagnostics[0]?.code).toBe("expression/too-long");
    expect(parseText(`${"1+".repeat(501)}1`).diagnostics[0]?.message).toBe(
      "The expression has more than 500 operators.",
    );
    for (const last of ["1 + 1", "1 ?? 1", "1 ? 1 : 1"]) {
      const { diagnostics } = parseText(`${"1+".repeat(500)}${last}`);
      expect(diagnostics.map(({ code }) => code)).toEqual(["expression/too-long"]);
    }
    expect(parseText(`1${" ? 1 : 1".repeat(501)}`).diagnostics[0]?.code).toBe("expression/too-deep");
    const { expression } = parseText(`${"1+".repeat(500)}1`);
    expect(expression && evaluateExpression(expression, scopeOf({}))).toEqual({ ok: true, value: 501 });
  });
});

test("any text gives an expression or one error", () => {
  const bits = fc.constantFrom(
    "1",
    "'a'",
    "(",
    ")",
    "[",
    "]",
    ",",
    "==",
    "!",
    "&&",
    "?",
    ":",
    "??",
    "in",
    "=~",
    "${{",
    "}}",
    " ",
    "outputs.build.k",
    "task_status",
    "((k))",
    "'",
    "\\",
    "$",
    "-",
    "x",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(bits).map((parts) => parts.join("")),
  );
  fc.assert(
    // The example was found by chance: a mistake inside quotes is an error, too.
    fc.property(texts, (text) => {
      const { diagnostics, expression } = parseText(text);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(expression ? errors.length === 0 : errors.length > 0).toBe(true);
    }),
    { numRuns: 2000, examples: [["'${{}}'"]] },
  );
});
