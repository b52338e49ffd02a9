import { describe, expect, test } from "vitest";
import { collect, readKeyValues } from "../../cli/options.ts";

test("collect keeps the order", () => {
  expect(collect("b", collect("a", []))).toEqual(["a", "b"]);
});

describe("readKeyValues", () => {
  test("the value may hold further equals signs and may be empty", () => {
    expect(readKeyValues("--param", ["query=a=b", "note="])).toEqual([
      { key: "query", value: "a=b" },
      { key: "note", value: "" },
    ]);
  });
  test.each([["novalue"], ["=value"]])("%s is refused without repeating it", (text) => {
    expect(() => readKeyValues("--config", [text])).toThrow(/^--config wants NAME=VALUE\.$/);
  });
  test("the same key twice is refused", () => {
    expect(() => readKeyValues("--param", ["a=1", "a=2"])).toThrow("--param a was given twice.");
  });
});
