import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { assignNameKeys } from "../../compiler/keys/name-keys.ts";

const DOCUMENT = readFileSync(fileURLToPath(new URL("../../docs/compatibility.md", import.meta.url)), "utf8");

test("each of the 25 features that are dead or broken in Erda has a decision", () => {
  const [, section = ""] = DOCUMENT.split("## What is dead or broken in Erda\n");
  const [own = ""] = section.split("\n## ");
  const rows = [...own.matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$/gm)];
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  for (const [row, , , decision] of rows) {
    expect(["mended", "kept", "left out", "not yet"], row).toContain(decision);
  }
});

test("the example of a name below $CONTEXTDIR is right", () => {
  const [, alias = "", key] = /\(`([^`]+)` is `(action-[0-9a-f]{8})`\)/.exec(DOCUMENT) ?? [];
  expect(assignNameKeys([alias]).get(alias)).toBe(key);
});

test("the files that Erda refuses are as many as it says", () => {
  const [, section = ""] = DOCUMENT.split("## Files that one takes and the other does not\n");
  const [own = ""] = section.split("\n## ");
  const counts = [...own.matchAll(/^\| (\d+) \|/gm)].map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(22);
});
