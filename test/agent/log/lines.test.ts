import { expect, test } from "vitest";
import { createLineSplitter } from "../../../agent/log/lines.ts";
import { createLogTail } from "../../../agent/log/tail.ts";

const split = (chunks: readonly (string | Buffer)[], longest = 1000) => {
  const splitter = createLineSplitter(longest, (text) => text.length - 2);
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk))), ...splitter.end()];
};

test.each([
  ["lines in one chunk", ["a\nb\n"], ["a", "b"]],
  ["a line in many chunks", ["a", "b", "c\nd"], ["abc", "d"]],
  ["empty lines", ["\n\na"], ["", "", "a"]],
  ["carriage returns", ["a\r", "\nb\r\n10%\r20%\n"], ["a", "b", "10%\r20%"]],
  ["nothing", [], []],
  ["a character in two chunks", [Buffer.from("构").subarray(0, 1), Buffer.from("构").subarray(1)], ["构"]],
  ["bytes that are no text", [Buffer.from([0x61, 0xff, 0x0a])], ["a\uFFFD"]],
])("splits %s", (_what, chunks, expected) => {
  expect(split(chunks)).toEqual(expected);
});

test("a line without an end is given out in pieces", () => {
  expect(split(["x".repeat(8), "y".repeat(8)], 10)).toEqual(["x".repeat(8) + "y".repeat(6), "yy"]);
});

test("the tail keeps 20 lines and 8 KiB", () => {
  const tail = createLogTail();
  for (let index = 0; index < 25; index += 1) {
    tail.push(`line ${index}`);
  }
  expect(tail.lines()).toHaveLength(20);
  expect(tail.lines()[19]).toBe("line 24");
  tail.push("构".repeat(5000));
  expect(tail.lines()).toEqual(["构".repeat(2730)]);
  tail.push("last");
  expect(tail.lines()).toEqual(["last"]);
});
