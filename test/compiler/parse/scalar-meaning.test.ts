import { expect, test } from "vitest";
import { meaningOfPlain, yaml11Boolean } from "../../../compiler/parse/scalar-meaning.ts";

test("numbers that JSON cannot hold stay text", () => {
  for (const text of [".nan", "-.inf", "1e999", "9007199254740993"]) expect(meaningOfPlain(text)).toBe(text);
});

test("what only looks like a number stays text", () => {
  for (const text of ["1.2.3", "0x", "-", "+", ".", "1e", "08x", "10.0.0.1/8"]) expect(meaningOfPlain(text)).toBe(text);
});

test("words of YAML 1.1 are booleans only where one is expected", () => {
  expect(meaningOfPlain("yes")).toBe("yes");
  expect(yaml11Boolean("Yes")).toBe(true);
  expect(yaml11Boolean("OFF")).toBe(false);
  expect(yaml11Boolean("maybe")).toBeUndefined();
});
