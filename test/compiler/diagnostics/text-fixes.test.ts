import { describe, expect, test } from "vitest";
import { quoteToLineEnd, renameToNear, replaceName } from "../../../compiler/diagnostics/text-fixes.ts";
import { applyEdits } from "../../../compiler/fix/apply-edits.ts";

const fileOf = (text: string) => ({ name: "pipeline.yaml", text });
const whole = (text: string) => ({ start: 0, end: text.length });

function fixed(text: string, fixes: ReturnType<typeof replaceName>): string | undefined {
  const [fix] = fixes;
  return fix && applyEdits(text, fix.edits);
}

describe("a near name", () => {
  test.each([
    ["alone", "biuld", ["build", "deploy"], "build"],
    ["in quotes, which stay", '"biuld"', ["build"], '"build"'],
    ["with a version, which stays", "biuld@1.0", ["build"], "build@1.0"],
    ["one of two: the author chooses", "biuld", ["build", "builds"], undefined],
    ["none", "biuld", ["deploy"], undefined],
  ])("%s", (_, text, names, after) => {
    expect(fixed(text, renameToNear(fileOf(text), whole(text), "biuld", names))).toBe(after);
  });
});

describe("a name in a reference", () => {
  test.each([
    ["behind its namespace", "${{ outputs.out.x }}", "${{ outputs.shop.x }}"],
    ["in the older spelling", "${out:OUTPUT:x}", "${shop:OUTPUT:x}"],
    ["not where it stands twice", "${{ configs.${{ outputs.out.x }}${{ outputs.out.y }} }}", undefined],
    ["not where YAML has folded it", "${{ outputs.o\n  ut.x }}", undefined],
  ])("%s", (_, text, after) => {
    expect(fixed(text, replaceName(fileOf(text), whole(text), "out", "shop", ["outputs.", "${"]))).toBe(after);
  });
});

describe("quotes", () => {
  test.each([
    ["to the end of the line", "name: a: b\nversion: 1", "name: 'a: b'\nversion: 1"],
    ["double the quotes inside", "name: it's: b", "name: 'it''s: b'"],
    ["leave trailing blanks outside", "name: a: b  \r\n", "name: 'a: b'  \r\n"],
    ["not before a comment", "name: a: b # why", undefined],
    ["not around nothing", "name: ", undefined],
  ])("%s", (_, text, after) => {
    expect(fixed(text, quoteToLineEnd(fileOf(text), "name: ".length))).toBe(after);
  });
});
