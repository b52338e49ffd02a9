import { describe, expect, test } from "vitest";
import { applyEdits, collide, offsetBefore } from "../../../compiler/fix/apply-edits.ts";

const edit = (start: number, end: number, newText = "") => ({ span: { start, end }, newText });

test("edits are applied by place, whatever their order", () => {
  expect(applyEdits("build test deploy", [edit(11, 17, "ship"), edit(0, 5, "make")])).toBe("make test ship");
});

test("the line feeds of a file with carriage returns get theirs", () => {
  expect(applyEdits("stages:\r\n", [edit(0, 0, "version: 1.1\n")])).toBe("version: 1.1\r\nstages:\r\n");
});

test.each([
  ["the same characters", edit(0, 5), edit(4, 6), true],
  ["neighbours", edit(0, 5), edit(5, 6), false],
  ["an insertion at the edge", edit(0, 5), edit(5, 5), true],
  ["two insertions at one place", edit(3, 3), edit(3, 3), true],
  ["an insertion elsewhere", edit(0, 5), edit(6, 6), false],
])("collide: %s", (_, left, right, expected) => {
  expect(collide(left, right)).toBe(expected);
  expect(collide(right, left)).toBe(expected);
});

describe("offsets before the edits", () => {
  const edits = [edit(6, 10, "check"), edit(0, 5, "make")];
  // "build test deploy" -> "make check deploy"
  test.each([
    ["inside what was put in: the start of its edit", 2, 0],
    ["between two edits", 4, 5],
    ["in the second", 7, 6],
    ["behind them", 11, 11],
  ])("%s", (_, after, before) => {
    expect(offsetBefore("build test deploy", edits, after)).toBe(before);
  });
});
