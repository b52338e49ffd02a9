import { describe, expect, test } from "vitest";
import { evaluateCondition, evaluateExpression } from "../../../compiler/expression/evaluate.ts";
import type { Json } from "../../../compiler/model/value.ts";
import { parseText, scopeOf } from "./expressions.ts";

const values = {
  "outputs.build.version": "1.10.0",
  "outputs.build.count": "5",
  "outputs.build.ok": "true",
  "outputs.number.real": "10.25",
  "outputs.number.short": ".5",
  "outputs.number.open": "5.",
  "outputs.number.less": "-12",
  "outputs.number.thousand": "1e3",
  "outputs.number.hundredth": "1E-2",
  "outputs.number.tens": "1e+10",
  "outputs.number.beyond": "1e999",
  "outputs.number.hex": "0x10",
  "outputs.number.part": "12px",
  "outputs.build.empty": "",
  "outputs.build.list": ["a", "b"],
  "outputs.build.map": { region: "eu", replicas: null },
  "outputs.build.log": "x".repeat(60_000),
  "outputs.git-checkout.commit": "69511e5b",
  "outputs.unit test.failed": "0",
  "params.target": "production",
  "configs.key1": "key2",
  "configs.key2": "123",
  "configs.branch": "release/1.0",
  "dirs.build": "/srv/build",
  task_status: "Failed",
  pipeline_status: "Running",
};

function evaluate(text: string) {
  const { diagnostics, expression } = parseText(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (!expression) throw new Error("no expression");
  return evaluateExpression(expression, scopeOf(values));
}

const table: readonly (readonly [string, Json])[] = [
  // numbers
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["10 - 2 - 3", 5],
  ["2 ** 3 ** 2", 64],
  ["-2 ** 2", 4],
  ["7 % 4", 3],
  ["1 / 4", 0.25],
  ["0x10 + 1e2", 116],
  ["5 & 3 | 8", 9],
  ["6 ^ 3", 5],
  ["1 << 4 >> 2", 4],
  ["~0", -1],
  ["1 + 1 << 2", 8],
  ["6 | 3", 7],
  ["1 << 63", -(2 ** 63)],
  ["8 >> 0", 8],
  ["-5", -5],
  ["~5", -6],
  // references that look like numbers are numbers
  ["outputs.number.real * 4", 41],
  ["outputs.number.short * 4", 2],
  ["outputs.number.open * 4", 20],
  ["outputs.number.less * 4", -48],
  ["outputs.number.thousand * 4", 4000],
  ["outputs.number.hundredth * 4", 0.04],
  ["outputs.number.tens * 4", 40_000_000_000],
  ["outputs.number.beyond + ''", "1e999"],
  ["outputs.number.beyond == '1e999'", true],
  // booleans
  ["true || false && false", true],
  ["!true || true", true],
  ["!(1 == 1)", false],
  ["1 == 1 && 2 > 1", true],
  ["1 < 2 == true", true],
  ["false && 1", false],
  ["false || false", false],
  ["true || 'anything'", true],
  // text
  ["'a' + 'b'", "ab"],
  ["'n=' + 5", "n=5"],
  ["5 + 'n'", "5n"],
  ["'a' < 'b'", true],
  ["'a' != \"a\"", false],
  ["'it\\'s'", "it's"],
  ["'' == ''", true],
  ["'a' <= 'a'", true],
  ["2 >= 3", false],
  // conditions
  ["1 == 1 ? 'yes' : 'no'", "yes"],
  ["1 == 2 ? 'yes' : 2 == 2 ? 'second' : 'no'", "second"],
  ["1 == 2 ? 'yes'", null],
  ["(1 == 2 ? 'yes') ?? 'none'", "none"],
  ["outputs.build.count ?? 1", 5],
  // lists
  ["'b' in ('a', 'b')", true],
  ["3 in [1, 2]", false],
  ["'a' in ()", false],
  ["'b' in ${{ outputs.build.list }}", true],
  ["outputs.build.count in [4, 5]", true],
  ["[1, 'a'] == [1, 'a']", true],
  ["[1, 'a'] == [1, 'b']", false],
  ["[1, 2] != [1]", true],
  ["[1] == [1, 2]", false],
  ["(1 == 2 ? 1) == outputs.build.map", false],
  ["outputs.build.list == ['a', 'b']", true],
  ["outputs.build.list == outputs.build.map", false],
  ["outputs.build.map == outputs.build.map", true],
  ["[] == outputs.build.map", false],
  ["(1 == 2 ? 'yes') == (1 == 2 ? 'no')", true],
  ["(1 == 2 ? 'yes') == 'yes'", false],
  // patterns
  ["'release/1.0' =~ '^release/'", true],
  ["'v12' =~ 'v\\d+$'", true],
  ["'main' !~ '^release/'", true],
  // references
  ["'${{ outputs.build.version }}' == '1.10.0'", true],
  ["${{ outputs.build.version }} == '1.10.0'", true],
  ["${{ outputs.build.count }} > 3", true],
  ["${{ outputs.build.count }} == '5'", true],
  ["'5' == ${{ outputs.build.count }}", true],
  ["${{ outputs.build.count }} == ${{ outputs.build.version }}", false],
  ["${{ outputs.build.version }} == ${{ outputs.build.count }}", false],
  ["${{ base64-decode.c2hv }} + ${{ base64-decode.c2g= }} + ${{ base64-decode.w6k= }}", "shoshé"],
  ["${{ outputs.build.count }} != ''", true],
  ["${{ outputs.build.ok }}", true],
  ["${{ outputs.build.ok }} && true", true],
  ["${{ outputs.unit test.failed }} == 0", true],
  ["${build:OUTPUT:count} == 5", true],
  ["outputs.build.count == 5", true],
  ["outputs.git-checkout.commit =~ '^[0-9a-f]{8}$'", true],
  ["params.target == 'production'", true],
  ["'${params.target}-x' == 'production-x'", true],
  ["((branch)) =~ '^release/'", true],
  ["'${dirs.build}/x' == '/srv/build/x'", true],
  ["${{ base64-decode.c2hvcA== }} == 'shop'", true],
  ["${{ outputs.build.count.wrap_single_quotes }} == '5'", true],
  ["'${{ outputs.build.count.wrap_double_quotes }}' == '\"5\"'", true],
  ["outputs.build.nothing ?? 'fallback'", "fallback"],
  // names of loop.break
  ["task_status == 'Success'", false],
  ["pipeline_status == 'Running' && task_status != 'Success'", true],
  ["((task_status)) == 'Failed'", true],
];

test.each(table)("%s", (text, value) => {
  expect(evaluate(text)).toEqual({ ok: true, value });
});

describe("mistakes are failures with a place", () => {
  test.each([
    ["1 == 'a'", '"==" needs the same type on each side, but has the number 1 and the text "a".', "1 == 'a'"],
    ["true && 1 < 'x'", '"<" needs the same type on each side, but has the number 1 and the text "x".', "1 < 'x'"],
    [
      "${{ outputs.build.version }} > 3",
      '">" needs the same type on each side, but has the text "1.10.0" and the number 3.',
      "${{ outputs.build.version }} > 3",
    ],
    ["'yes' && true", '"&&" needs true or false on each side, but has the text "yes".', "'yes'"],
    ["!'x'", '"!" needs true or false, but has the text "x".', "'x'"],
    ["-'x'", '"-" needs a number, but has the text "x".', "'x'"],
    ["1 / 0", '"/" divides by zero.', "1 / 0"],
    ["10 ** 999", 'The result of "**" is not a number.', "10 ** 999"],
    ["!5", '"!" needs true or false, but has the number 5.', "5"],
    ["-true", '"-" needs a number, but has true.', "true"],
    ["~'5'", '"~" needs a number, but has the text "5".', "'5'"],
    [`!'${"x".repeat(60)}'`, `"!" needs true or false, but has the text "${"x".repeat(60)}".`, undefined],
    ["outputs.number.hex * 2", '"*" needs numbers, but has the text "0x10" and the number 2.', undefined],
    ["outputs.number.part * 2", '"*" needs numbers, but has the text "12px" and the number 2.', undefined],
    ["outputs.number.beyond * 2", '"*" needs numbers, but has the text "1e999" and the number 2.', undefined],
    ["1 << -1", '"<<" shifts by 0 to 63 bits, not by -1.', "1 << -1"],
    ["1 << 64", '"<<" shifts by 0 to 63 bits, not by 64.', "1 << 64"],
    ["1 << 99", '"<<" shifts by 0 to 63 bits, not by 99.', "1 << 99"],
    ["1 in 2", '"in" needs a list on its right side, but has the number 2.', "1 in 2"],
    ["'a' =~ '${{ outputs.build.version }}(' ", 'The regular expression is not valid: a "(" is not closed.', undefined],
    ["outputs.build.nothing == 'x'", "There is no outputs.build.nothing.", "outputs.build.nothing"],
    ["true + 1", '"+" needs two numbers or a text, but has true and the number 1.', "true + 1"],
    ["'a' - 1", '"-" needs numbers, but has the text "a" and the number 1.', "'a' - 1"],
    ["1 * true", '"*" needs numbers, but has the number 1 and true.', "1 * true"],
    ["1 =~ 'a'", '"=~" needs text on each side, but has the number 1 and the text "a".', "1 =~ 'a'"],
    ["'a' !~ 1", '"!~" needs text on each side, but has the text "a" and the number 1.', "'a' !~ 1"],
    ["1 == outputs.build.ok", '"==" needs the same type on each side, but has the number 1 and true.', undefined],
    ["true < false", '"<" needs the same type on each side, but has true and false.', "true < false"],
    [
      "outputs.build.log =~ '.{1000}'",
      "The text has 60000 characters; this pattern searches at most 49950.",
      "outputs.build.log =~ '.{1000}'",
    ],
    ["!''", '"!" needs true or false, but has the empty text.', "''"],
    ["!(1 == 2 ? 1)", '"!" needs true or false, but has nothing.', undefined],
    ["-[1]", '"-" needs a number, but has a list.', "[1]"],
    ["~outputs.build.map", '"~" needs a number, but has a map.', "outputs.build.map"],
    ["!outputs.build.log", `"!" needs true or false, but has the text "${"x".repeat(59)}…".`, "outputs.build.log"],
    // What is wrong within is told as it stands there.
    ["1 == 2 / 0", '"/" divides by zero.', "2 / 0"],
    ["1 / 0 == 1", '"/" divides by zero.', "1 / 0"],
    ["-(1 / 0)", '"/" divides by zero.', "1 / 0"],
    ["[1, 1 % 0]", '"%" divides by zero.', "1 % 0"],
    ["(1 / 0) ?? 1", '"/" divides by zero.', "1 / 0"],
    ["true && 1 / 0 == 1", '"/" divides by zero.', "1 / 0"],
    ["1 / 0 == 1 ? 1 : 2", '"/" divides by zero.', "1 / 0"],
    ["'v${{ outputs.build.nothing }}' == 'v'", "There is no outputs.build.nothing.", "${{ outputs.build.nothing }}"],
    ["1 ? 2 : 3", '"?" needs true or false before it, but has the number 1.', "1"],
  ])("%s", (text, message, at) => {
    const result = evaluate(text);
    if (result.ok) throw new Error("it should fail");
    expect(result.message).toBe(message);
    if (at !== undefined) expect(text.slice(result.span.start, result.span.end)).toBe(at);
  });
});

describe("a condition must be true or false", () => {
  const condition = (text: string) => {
    const { expression } = parseText(text);
    if (!expression) throw new Error("no expression");
    return evaluateCondition(expression, scopeOf(values));
  };

  test("and is", () => expect(condition("1 == 1")).toEqual({ ok: true, value: true }));

  test("and has no value", () => {
    const [missing, name] = ["outputs.build.nothing", "task_status"].map((text) => {
      const { expression } = parseText(text);
      return expression && evaluateCondition(expression, scopeOf({}));
    });
    expect(missing).toMatchObject({ ok: false, message: "There is no outputs.build.nothing." });
    expect(name).toMatchObject({ ok: false, message: '"task_status" has no value here.' });
  });

  test("and is not", () =>
    expect(condition("'Success'")).toMatchObject({
      ok: false,
      message: 'The expression gives the text "Success", but must give true or false.',
    }));
});
