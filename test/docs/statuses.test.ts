import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { hasEnded } from "../../cli/run/progress.ts";
import { ACTION_STATUSES, hasActionEnded, hasRunEnded, RUN_STATUSES } from "../../functions/records/statuses.ts";

const DOCUMENT = readFileSync(fileURLToPath(new URL("../../docs/statuses.md", import.meta.url)), "utf8");

/** The rows `status | meaning | ended` of a section. */
function rowsOf(heading: string): ReadonlyMap<string, string> {
  const [, section = ""] = DOCUMENT.split(`## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  return new Map(
    [...own.matchAll(/^\| `(\w+)` \|.*\| (yes|no) \|$/gm)].map(([, status = "", ended = ""]) => [status, ended]),
  );
}

test("docs/statuses.md has every status of a run, and says which have ended", () => {
  const expected = RUN_STATUSES.map((status) => [status, hasRunEnded(status) ? "yes" : "no"] as const);
  expect(rowsOf("Runs")).toEqual(new Map(expected));
});

test("docs/statuses.md has every status of an action, and says which have ended", () => {
  const expected = ACTION_STATUSES.map((status) => [status, hasEnded(status) ? "yes" : "no"] as const);
  expect(rowsOf("Actions")).toEqual(new Map(expected));
});

test("functions and command agree which actions have ended; `pending` stands in no record", () => {
  const recorded = ACTION_STATUSES.filter((status) => status !== "pending");
  expect(recorded.filter(hasActionEnded)).toEqual(recorded.filter(hasEnded));
});
