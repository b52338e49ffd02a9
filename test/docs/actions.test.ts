import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { BUILT_IN_ACTIONS } from "../../actions/index.ts";

const DOCUMENT = readFileSync(fileURLToPath(new URL("../../docs/actions.md", import.meta.url)), "utf8");

test("docs/actions.md lists every built-in action type and no other", () => {
  const [, section = ""] = DOCUMENT.split("## Built in\n");
  const [own = ""] = section.split("\n## ");
  const listed = [...own.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(readdirSync(BUILT_IN_ACTIONS).toSorted());
});
