import { expect, test } from "vitest";
import { readInput } from "../../../local/wire/input.ts";

test("reads members, nested ones too", () => {
  const input = readInput({
    Name: "tea",
    Count: 2,
    Fresh: true,
    Tags: ["a"],
    Lines: [{ Sku: "t" }],
    Box: { Size: 1 },
    No: null,
  });
  expect(input.string("Name")).toBe("tea");
  expect(input.optionalInteger("Count")).toBe(2);
  expect(input.optionalBoolean("Fresh")).toBe(true);
  expect(input.stringList("Tags")).toEqual(["a"]);
  expect(input.stringList("None")).toEqual([]);
  expect(input.structures("Lines").map((line) => line.string("Sku"))).toEqual(["t"]);
  expect(input.optionalStructure("Box")?.optionalInteger("Size")).toBe(1);
  expect(input.optionalString("No")).toBeUndefined();
  input.done();
});

test.each([
  [() => readInput(7), "The input must be a structure"],
  [() => readInput({}).string("Name"), "Name is required"],
  [() => readInput({ Count: 1.5 }).optionalInteger("Count"), "Count must be an integer"],
  [() => readInput({ Tags: ["a", 1] }).stringList("Tags"), "Tags[1] must be a string"],
  [
    () =>
      readInput({ Lines: [{ Sku: 1 }] })
        .structures("Lines")[0]
        ?.string("Sku"),
    "Lines[0].Sku must be a string",
  ],
  [
    () =>
      readInput({ Box: { Lid: 1 } })
        .optionalStructure("Box")
        ?.done(),
    "not supported here: Box.Lid",
  ],
])("refuses %#", (read, message) => {
  expect(read).toThrow(
    expect.objectContaining({ name: "ValidationException", message: `Validation error: ${message}.` }),
  );
});
