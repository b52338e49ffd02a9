import { describe, expect, test } from "vitest";
import type { Json } from "../../../../compiler/index.ts";
import { compilePattern } from "../../../../local/events/pattern/pattern.ts";

const event = (detail: Json): Json => ({
  version: "0",
  id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
  "detail-type": "Order Placed",
  source: "shop.checkout",
  account: "111122223333",
  time: "2026-11-21T12:00:00Z",
  region: "eu-west-1",
  resources: ["arn:aws:s3:::shop-orders"],
  detail,
});

const matches = (detailPattern: Json, detail: Json) =>
  compilePattern(JSON.stringify({ detail: detailPattern })).matches(event(detail));

/** A pattern of one field, the values that it takes, and those that it does not. */
const operators: readonly [name: string, matcher: Json, yes: readonly Json[], no: readonly Json[]][] = [
  ["a string", ["paid"], ["paid", ["open", "paid"]], ["Paid", "paid ", "", null, ["open"], 1, { paid: "paid" }]],
  ["one of several", ["paid", "sent"], ["paid", "sent"], ["open"]],
  ["the empty string", [""], [""], [" ", null]],
  ["null", [null], [null, [1, null]], ["", 0, false, "null"]],
  ["a number", [100], [100, [99, 100]], ["100", 101]],
  ["zero", [0], [0], [false, "", null]],
  ["a boolean", [true], [true, [false, true]], ["true", 1, false]],
  ["prefix", [{ prefix: "eu-" }], ["eu-west-1", "eu-"], ["EU-west-1", "us-east-1", "neu-", 1, null]],
  ["prefix, any case", [{ prefix: { "equals-ignore-case": "EU-" } }], ["eu-west-1", "Eu-x"], ["us-east-1"]],
  ["suffix", [{ suffix: ".png" }], ["a.png", ".png"], ["a.PNG", "a.png.txt", 7]],
  ["suffix, any case", [{ suffix: { "equals-ignore-case": ".png" } }], ["a.PNG"], ["a.jpg"]],
  ["equals-ignore-case", [{ "equals-ignore-case": "Alice" }], ["alice", "ALICE"], ["alic", "alices", null]],
  [
    "anything-but a string",
    [{ "anything-but": "draft" }],
    ["paid", "", null, 1, ["draft", "paid"]],
    ["draft", ["draft"]],
  ],
  ["anything-but a number", [{ "anything-but": 500 }], [200, "500"], [500]],
  ["anything-but strings", [{ "anything-but": ["draft", "void"] }], ["paid", 1], ["draft", "void"]],
  ["anything-but numbers", [{ "anything-but": [100, 200] }], [300, "100"], [100, 200]],
  ["anything-but a prefix", [{ "anything-but": { prefix: "init" } }], ["paid"], ["initializing", "init"]],
  ["anything-but prefixes", [{ "anything-but": { prefix: ["init", "err"] } }], ["paid"], ["initial", "error"]],
  ["anything-but a suffix", [{ "anything-but": { suffix: ".txt" } }], ["a.png"], ["a.txt"]],
  ["anything-but suffixes", [{ "anything-but": { suffix: [".txt", ".rtf"] } }], ["a.png"], ["a.txt", "b.rtf"]],
  ["anything-but, any case", [{ "anything-but": { "equals-ignore-case": ["Draft"] } }], ["paid"], ["DRAFT"]],
  ["anything-but a wildcard", [{ "anything-but": { wildcard: "*/lib/*" } }], ["a/src/b"], ["a/lib/b"]],
  ["anything-but wildcards", [{ "anything-but": { wildcard: ["*/lib/*", "*.tmp"] } }], ["a.ts"], ["a.tmp", "a/lib/"]],
  ["numeric =", [{ numeric: ["=", 3] }], [3, 3.0], [3.1, "3", true]],
  ["numeric <", [{ numeric: ["<", 10] }], [9.99, -1], [10, "9"]],
  ["numeric range", [{ numeric: [">", 0, "<=", 5] }], [0.1, 5], [0, 5.01]],
  ["numeric on a list", [{ numeric: [">=", 10] }], [[1, 10]], [[1, 2], []]],
  ["exists", [{ exists: true }], ["", 0, null, false, ["x"]], [{ a: 1 }, [], {}]],
  ["does not exist", [{ exists: false }], [[], {}, { a: 1 }], ["", null, 0, ["x"]]],
  [
    "wildcard",
    [{ wildcard: "dir/*/*.png" }],
    ["dir/a/b.png", "dir//.png", "dir/a/b/c.png"],
    ["dir/a.png", "dir/a/b.pngx"],
  ],
  ["wildcard in front", [{ wildcard: "*.ts" }], [".ts", "a.ts.ts"], ["a.tsx"]],
  ["wildcard alone", [{ wildcard: "*" }], ["", "x"], [null, 1]],
  ["wildcard that overlaps itself", [{ wildcard: "aa*aa" }], ["aaaa", "aaxaa"], ["aaa", "aa"]],
  ["escaped wildcard", [{ wildcard: "a\\*b*" }], ["a*b", "a*bc"], ["axb", "a\\*b"]],
  ["escaped backslash", [{ wildcard: "c:\\\\*" }], ["c:\\x"], ["c:x"]],
  ["cidr", [{ cidr: "10.0.0.0/24" }], ["10.0.0.255"], ["10.0.1.0", "10.0.0", "::1"]],
  ["cidr, version 6", [{ cidr: "2001:db8::/32" }], ["2001:db8::1"], ["2001:db9::1", "10.0.0.1"]],
  ["a mix", ["paid", { prefix: "re" }, { numeric: [">", 5] }], ["paid", "refund", 6], ["open", 5]],
];

describe("operators", () => {
  test.each(operators)("%s", (_name, matcher, yes, no) => {
    for (const value of yes) expect([value, matches({ field: matcher }, { field: value })]).toEqual([value, true]);
    for (const value of no) expect([value, matches({ field: matcher }, { field: value })]).toEqual([value, false]);
  });

  test("a field that is not there matches only exists: false", () => {
    for (const [, matcher] of operators) {
      const wantsAbsence = JSON.stringify(matcher).includes('"exists":false');
      expect([matcher, matches({ field: matcher }, { other: 1 })]).toEqual([matcher, wantsAbsence]);
    }
  });
});

describe("structure", () => {
  test("every named field must match, others do not matter", () => {
    const pattern = compilePattern(JSON.stringify({ source: ["shop.checkout"], detail: { status: ["paid"] } }));
    expect(pattern.matches(event({ status: "paid", total: 9 }))).toBe(true);
    expect(pattern.matches(event({ status: "open" }))).toBe(false);
    expect(pattern.matches({ source: "shop.checkout" })).toBe(false);
  });

  test("fields of the envelope, also lists", () => {
    const pattern = { "detail-type": ["Order Placed"], resources: [{ prefix: "arn:aws:s3:::" }] };
    expect(compilePattern(JSON.stringify(pattern)).matches(event({}))).toBe(true);
  });

  test("a name matches as it is spelled, and inherited names are no fields", () => {
    expect(matches({ Status: ["paid"] }, { status: "paid" })).toBe(false);
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
    expect(matches({ toString: [{ exists: false }] }, {})).toBe(true);
  });

  test("nested objects", () => {
    const pattern = { order: { customer: { country: ["DE", "FR"] } } };
    expect(matches(pattern, { order: { customer: { country: "FR" } } })).toBe(true);
    expect(matches(pattern, { order: { customer: "FR" } })).toBe(false);
    expect(matches(pattern, { customer: { country: "FR" } })).toBe(false);
  });

  test("a list of objects: one of them must match the whole object pattern", () => {
    const pattern = { items: { sku: ["tea"], amount: [{ numeric: [">", 1] }] } };
    expect(
      matches(pattern, {
        items: [
          { sku: "tea", amount: 2 },
          { sku: "mug", amount: 1 },
        ],
      }),
    ).toBe(true);
    expect(
      matches(pattern, {
        items: [
          { sku: "tea", amount: 1 },
          { sku: "mug", amount: 2 },
        ],
      }),
    ).toBe(false);
    expect(matches(pattern, { items: [[{ sku: "tea", amount: 2 }]] })).toBe(true);
  });

  test("exists: false below something that is no object", () => {
    const pattern = { discount: { code: [{ exists: false }] } };
    for (const discount of ["none", [], null, { percent: 5 }]) expect(matches(pattern, { discount })).toBe(true);
    expect(matches(pattern, {})).toBe(true);
    expect(matches(pattern, { discount: { code: "XMAS" } })).toBe(false);
  });

  test("the same value may be text in one event and a number in another", () => {
    expect(matches({ total: ["7", 7] }, { total: 7 })).toBe(true);
    expect(matches({ total: ["7", 7] }, { total: "7" })).toBe(true);
  });
});

describe("$or", () => {
  const pattern = {
    region: ["eu"],
    $or: [{ status: ["failed"] }, { total: [{ numeric: [">", 100] }], rush: [true] }],
  };

  test("one alternative and all the rest must match", () => {
    expect(matches(pattern, { region: "eu", status: "failed" })).toBe(true);
    expect(matches(pattern, { region: "eu", total: 101, rush: true })).toBe(true);
    expect(matches(pattern, { region: "eu", total: 101 })).toBe(false);
    expect(matches(pattern, { region: "us", status: "failed" })).toBe(false);
  });

  test("at the top and nested in itself", () => {
    const nested = { $or: [{ source: ["x"] }, { detail: { $or: [{ a: [1] }, { b: [2] }] } }] };
    const compiled = compilePattern(JSON.stringify(nested));
    expect(compiled.matches(event({ b: 2 }))).toBe(true);
    expect(compiled.matches(event({ b: 3 }))).toBe(false);
  });

  test("is a field like others when it does not hold two objects of fields", () => {
    expect(matches({ $or: ["x"] }, { $or: "x" })).toBe(true);
    expect(matches({ $or: [{ prefix: "x" }, { suffix: "y" }] }, { $or: "xy" })).toBe(true);
  });
});

test.each([
  ["{", "it is not JSON"],
  ["[]", "it is not an object"],
  ["{}", "empty objects are not allowed"],
  ['{"source":[]}', 'empty arrays are not allowed at "source"'],
  ['{"source":"shop"}', 'it must be an object or an array at "source"'],
  ['{"detail":{"a":{}}}', 'empty objects are not allowed at "detail.a"'],
  ['{"a":[["x"]]}', "a list holds strings"],
  ['{"a":[{"prefix":"x","suffix":"y"}]}', "a list holds strings"],
  ['{"a":[{"starts-with":"x"}]}', "unrecognized match type starts-with"],
  ['{"a":[{"prefix":1}]}', "prefix takes a string"],
  ['{"a":[{"prefix":{"wildcard":"x"}}]}', "prefix does not take wildcard"],
  ['{"a":[{"exists":"yes"}]}', "exists takes true or false"],
  ['{"a":[{"anything-but":["x",1]}]}', "only strings or only numbers"],
  ['{"a":[{"anything-but":[]}]}', "only strings or only numbers"],
  ['{"a":[{"anything-but":{"numeric":["=",1]}}]}', "unrecognized match type numeric"],
  ['{"a":[{"anything-but":{"prefix":[]}}]}', "empty arrays are not allowed"],
  ['{"a":[{"numeric":["=","1"]}]}', "numeric compares with a number"],
  ['{"a":[{"numeric":["~",1]}]}', "numeric takes"],
  ['{"a":[{"numeric":[]}]}', "one bound or two"],
  ['{"a":[{"numeric":["<",5,">",0]}]}', "lower bound first"],
  ['{"a":[{"numeric":[">",6000000000]}]}', "between -5000000000"],
  ['{"a":[{"wildcard":"a**b"}]}', "consecutive wildcard"],
  ['{"a":[{"wildcard":"a\\\\b"}]}', "may be escaped"],
  ['{"a":[{"cidr":"10.0.0.0/33"}]}', "not a block of addresses"],
  [`{"a":["${"x".repeat(4096)}"]}`, "at most 4096 characters"],
])("refuses %s", (text, reason) => {
  expect(() => compilePattern(text)).toThrow(
    expect.objectContaining({ name: "InvalidEventPatternException", message: expect.stringContaining(reason) }),
  );
});
