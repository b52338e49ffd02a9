import { expect, test } from "vitest";
import { readMarked } from "./marked-source.ts";

test("a marker line gives place, code and help, and leaves the text", () => {
  const { expected, file } = readMarked(`stages:
  - build: 1
  # ~~~~~ validate/unknown-action Did you mean "built"?
`);
  expect(expected).toEqual(['2:5-10 validate/unknown-action Did you mean "built"?']);
  expect(file.text).toBe("stages:\n  - build: 1\n");
});
