import { expect, test } from "vitest";
import { remedyForKeyBesideItem } from "../../../compiler/parse/key-beside-item.ts";

/** The remedy for the line of `lines` that holds `key`. */
function remedy(...lines: readonly string[]) {
  const text = `${lines.join("\n")}\n`;
  const start = text.indexOf("key");
  return remedyForKeyBesideItem({ name: "pipeline.yaml", text }, { start, end: start + 3 });
}

test("a key in the column of the dashes above it belongs to the last item", () => {
  const { fixes, help } = remedy("caches:", "  - path: /a", "", "    size: 3", "  key: a", "  other: b");
  expect(help).toBe("Indent it like the other keys of the item:\n- path: /a\n  size: 3\n  key: a");
  expect(fixes?.[0]?.edits).toHaveLength(1);
});

test("with the lines below it", () => {
  const { fixes, help } = remedy("caches:", "  - path: /a", "  key:", "    - x", "    - y", "size: 3");
  expect(help).toMatch(/ {2}key:\n {4}- x\n {4}- y$/);
  expect(fixes?.[0]?.edits).toHaveLength(3);
});

test.each([
  ["no dash is above", ["caches:", "    path: /a", "  key: a"]],
  ["it is the first line", ["  key: a"]],
  ["it is at the start of its line", ["- path: /a", "key: a"]],
  ["it is no key", ["caches:", "  - path: /a", "  key of the shop"]],
])("nothing is known where %s", (_, lines) => {
  expect(remedy(...lines)).toEqual({});
});
