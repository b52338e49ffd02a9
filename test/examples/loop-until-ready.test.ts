import { expect, test } from "vitest";
import { endings, runExample } from "./run-example.ts";

test("the delivery is awaited", async () => {
  const { code, run } = await runExample("loop-until-ready/pipeline.yaml");
  expect(endings(run)).toEqual(["order succeeded", "delivery succeeded", "unpack succeeded"]);
  expect(code).toBe(0);
  expect(run.outputs).toEqual({ state: "delivered" });
  expect(run.actions[1]?.attempts).toBeGreaterThan(1);
});
