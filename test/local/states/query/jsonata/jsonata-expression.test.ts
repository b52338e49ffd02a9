import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../../../local/states/document.ts";
import { createJsonataCompiler } from "../../../../../local/states/query/jsonata/jsonata-expression.ts";

const compile = createJsonataCompiler({
  now: () => Date.UTC(2026, 0, 1),
  random: (count) => new Uint8Array(count).fill(0x80),
});

async function evaluate(
  source: string,
  states: JsonObject = {},
  variables: { [name: string]: Json } = {},
): Promise<Json> {
  const expression = compile(`{% ${source} %}`, "Output");
  if (expression === undefined) throw new Error("This is no expression.");
  return expression.evaluate({ states: () => states, variable: (name) => variables[name] });
}

describe("functions of AWS", () => {
  test.each([
    ["$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]],
    ["$range(1, 9, 2)", [1, 3, 5, 7, 9]],
    ["$range(3, 1, -1)", [3, 2, 1]],
    ["$hash('abc', 'SHA-1')", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    ["$parse('{\"a\":[1]}')", { a: [1] }],
    ["$uuid()", "80808080-8080-4080-8080-808080808080"],
    ["$random() = $random()", true],
    ["$random(7) = $random(7)", true],
    ["$random(7) = $random(8)", false],
    ["$now()", "2026-01-01T00:00:00.000Z"],
    ["$now('[Y]')", "2026"],
    ["$millis()", Date.UTC(2026, 0, 1)],
    ["$sum([1,2,3])", 6],
  ] as const)("%s", async (source, expected) => {
    expect(await evaluate(source)).toEqual(expected);
  });

  test("$hash is what everybody else computes", async () => {
    expect(await evaluate("$hash('abc', 'MD5')")).toBe("900150983cd24fb0d6963f7d28e17f72");
    await expect(evaluate("$hash('abc', 'CRC')")).rejects.toThrow("$hash knows MD5, SHA-1");
  });
});

describe("paths", () => {
  const states = { input: { items: [0], name: "chair", none: null, parts: [{ n: 1 }, { n: 2 }] } };

  test.each([
    ["$states.input.name", "chair"],
    ["$states.input.items", [0]],
    ["$states.input.none", null],
    ["$states.input.parts.n", [1, 2]],
    ["$price.eur", 5],
  ] as const)("%s", async (source, expected) => {
    expect(await evaluate(source, states, { price: { eur: 5 } })).toEqual(expected);
  });

  test("are answered at once", () => {
    const scope = { states: () => states, variable: () => undefined };
    expect(compile("{% $states.input.name %}", "Output")?.evaluate(scope)).toBe("chair");
  });
});

describe("errors", () => {
  test.each([
    ["$price", "'$price' specified for the field 'Output' returned nothing (undefined)."],
    ["function($x){$x}", "returned an unsupported result type."],
    ["{'f': $sum}", "returned an unsupported result type."],
    [
      "1 + 'a'",
      'threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    ],
    ["$parse('{')", "threw an error during evaluation."],
  ])("%s", async (source, message) => {
    await expect(evaluate(source)).rejects.toThrow(message);
  });
});

test("strings with anything around the expression are strings", () => {
  for (const text of [" {% 1 %}", "{% 1 %} ", "1", "{%", "$states.input"])
    expect(compile(text, "Output")).toBeUndefined();
});

test("what one expression answers is plain JSON for the next", async () => {
  const value = await evaluate("[[1,2],[3]]");
  expect(await evaluate("$states.input.a", { input: [{ a: value }, { a: [4] }] })).toEqual([[1, 2], [3], 4]);
  expect(Object.getOwnPropertyNames(value)).toEqual(["0", "1", "length"]);
});
