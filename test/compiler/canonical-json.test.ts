import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../compiler/index.ts";

test("keys are sorted, nothing is spaced, undefined is left out", () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: undefined }], 构建: "一号" })).toBe(
    '{"a":[{"d":null}],"b":1,"构建":"一号"}',
  );
});

test("objects of many different keys are written like the others", () => {
  const objects = Array.from({ length: 300 }, (_, index) => ({ [`key${index}`]: index, none: undefined }));
  expect(canonicalJson([...objects, { last: undefined, none: undefined }])).toBe(
    `[${objects.map((_, index) => `{"key${index}":${index}}`).join(",")},{}]`,
  );
});

test("a key __proto__ stays a key", () => {
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"z":1,"y":2}}'))).toBe('{"__proto__":{"y":2,"z":1},"b":1}');
});

test("any JSON: parses back to itself, and the order of its keys does not matter", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text);
    }),
  );
});
