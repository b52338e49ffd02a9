import { expect, test } from "vitest";
import { endings, runExample } from "./run-example.ts";

test("one of three fails, the rest is cleaned up", async () => {
  const { code, run } = await runExample("failure-and-cleanup/pipeline.yaml");
  expect(endings(run)).toEqual([
    "start database succeeded",
    "lint succeeded",
    "unit test failed",
    "docs succeeded",
    "deploy skipped",
    "stop database succeeded",
    "report succeeded",
  ]);
  expect(code).toBe(1);
  expect(run.status).toBe("failed");
  expect(run.actions[2]?.error).toMatchObject({ name: "Sluice.ActionFailed", exitCode: 7 });
});
