import { describe, expect, test } from "vitest";
import { cellWidth, cutCells, padCells, singleLine } from "../../../cli/text/width.ts";

describe("cellWidth", () => {
  test.each([
    ["build", 5],
    ["构建 一号", 9],
    ["🚀 ship", 7],
    ["cafe\u0301", 4],
    ["\u001b[31mred\u001b[39m", 3],
    ["", 0],
  ])("%s takes %i cells", (text, cells) => expect(cellWidth(text)).toBe(cells));
});

test("padCells counts cells, not characters", () => {
  expect(padCells("构建", 6)).toBe("构建  ");
  expect(padCells("longer than that", 4)).toBe("longer than that");
});

test("cutCells never cuts a character in two and shows that something is missing", () => {
  expect(cutCells("build everything", 6)).toBe("build…");
  expect(cutCells("构建一号", 6)).toBe("构建…");
  expect(cutCells("fits", 4)).toBe("fits");
});

describe("singleLine", () => {
  test("takes escape sequences and control characters away", () => {
    expect(singleLine("\u001b[2J\u001b[31mdone\u001b[0m\u0007")).toBe("done");
  });
  test("keeps the last state of a line that redraws itself", () => {
    expect(singleLine("10 %\r50 %\r100 %\r")).toBe("100 %");
  });
});
