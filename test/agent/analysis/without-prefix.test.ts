import { expect, test } from "vitest";
import { withoutPrefix } from "../../../agent/analysis/without-prefix.ts";

const ERROR = "src/cart.c:5:47: error: expected expression";

test.each([
  "2026-05-04T10:00:00.123Z ",
  "[2026-05-04 10:00:00] ",
  "2026/05/04 10:00:00 ",
  "10:00:00,123 ",
  "May  4 10:00:00 ",
  "#8 1.234 ",
  "[ 12%] ",
  "[build] ",
  "[@shop/cart] ",
  "web-1  | ",
  "cart:build: ",
  "@shop/cart:build: ",
  "@shop/cart: ",
  "packages/cart build: ",
  'Step #0 - "build": ',
  "2026-05-04T10:00:00.123Z [build] ",
])("%j is not the tool's", (prefix) => {
  expect(withoutPrefix(`${prefix}${ERROR}`)).toBe(ERROR);
});

test("the indentation behind it is the tool's", () => {
  expect(withoutPrefix("[unit]     refund_test.go:31: got 12, want 11")).toBe("    refund_test.go:31: got 12, want 11");
});

test.each([
  ERROR,
  "[ERROR] Failed to execute goal",
  "[error] cart.scala:9:20: not found: value totl",
  "[INFO] BUILD SUCCESS",
  "[  FAILED  ] CartTest.Total",
  "bash: line 3: shopctl: command not found",
  "npm error code ERESOLVE",
  "  12 | total()",
  "cart.go:3:41: undefined: c",
  "fatal: not a git repository",
])("%j has none", (line) => {
  expect(withoutPrefix(line)).toBe(line);
});

test("a line that a JSON object holds is taken out of it", () => {
  const output = '{"Action":"output","Package":"shop","Output":"    cart_test.go:5: price of \\"tea\\": got 3\\n"}';
  expect(withoutPrefix(output)).toBe('    cart_test.go:5: price of "tea": got 3');
});
