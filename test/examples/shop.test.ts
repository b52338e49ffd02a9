import { expect, test } from "vitest";
import { endings, runExample } from "./run-example.ts";

test("the shop is built, tested, served and released", async () => {
  const { code, run } = await runExample("shop/pipeline.yaml");
  expect(endings(run)).toEqual([
    "seed succeeded",
    "repo succeeded",
    "build succeeded",
    "unit-test succeeded",
    "serve succeeded",
    "smoke-test succeeded",
    "release succeeded",
    "tell-the-team skipped",
  ]);
  expect(code).toBe(0);
  expect(run.outputs).toEqual({
    version: "1.0.1-beta",
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    file: "shop-1.0.1-beta.mjs",
  });
  const outputsOf = (name: string) => run.actions.find((action) => action.name === name)?.outputs;
  expect(outputsOf("unit-test")).toMatchObject({ passed: "3", failed: "0" });
  expect(outputsOf("smoke-test")).toMatchObject({ total: "800" });
});
