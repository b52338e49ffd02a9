import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { endings, runExample } from "./run-example.ts";

describe("the published example runs", () => {
  test.each(["as-published", "documented", "legacy"])("%s", async (spelling) => {
    const { code, run } = await runExample(`published-example/${spelling}.yaml`);
    expect(endings(run)).toEqual(["seed succeeded", "repo succeeded", "build erda succeeded"]);
    expect(code).toBe(0);
    const commit = run.actions[1]?.outputs["commit"];
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
  });
});

test("the header of each says how to run it", async () => {
  for (const spelling of ["as-published", "documented", "legacy"]) {
    const text = await readFile(new URL(`../../examples/published-example/${spelling}.yaml`, import.meta.url), "utf8");
    expect(text).toContain(`#   sluice run examples/published-example/${spelling}.yaml\n`);
  }
});
