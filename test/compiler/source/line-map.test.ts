import { describe, expect, test } from "vitest";
import { createLineMap, rangeOf } from "../../../compiler/source/line-map.ts";

describe("createLineMap", () => {
  test.each([
    ["\n", "version: 1.1\nname: shop\n"],
    ["\r\n", "version: 1.1\r\nname: shop\r\n"],
    ["\r", "version: 1.1\rname: shop\r"],
  ])("a line ends with %j", (_end, text) => {
    const map = createLineMap(text);
    const offset = text.indexOf("shop");
    expect(map.positionAt(offset)).toEqual({ line: 2, column: 7 });
    expect(map.lineText(1)).toBe("version: 1.1");
    expect(map.lineText(2)).toBe("name: shop");
    expect(map.lineCount).toBe(3);
  });

  test("offsets outside the text are moved to its ends", () => {
    const map = createLineMap("shop");
    expect(map.positionAt(-5)).toEqual({ line: 1, column: 1 });
    expect(map.positionAt(99)).toEqual({ line: 1, column: 5 });
    expect([0, 1, 2].map((line) => map.lineText(line))).toEqual(["", "shop", ""]);
  });

  test("a range has an exclusive end", () => {
    const file = { name: "pipeline.yaml", text: "a: 1\nb: 22" };
    expect(rangeOf(file, { start: 8, end: 10 })).toEqual({
      start: { line: 2, column: 4 },
      end: { line: 2, column: 6 },
    });
  });
});
