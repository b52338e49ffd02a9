import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../../compiler/index.ts";
import { readRun, stopRun, submitRun } from "../../../functions/index.ts";
import { action, param, plan, template, text } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const open = () =>
  Shop.open(
    database,
    plan([action("deploy", 0, { envs: [{ name: "TARGET", value: template(param("target")) }] })], {
      params: [
        { name: "target", type: "string", required: true, default: undefined },
        { name: "replicas", type: "int", required: false, default: text(2) },
        { name: "canary", type: "boolean", required: false, default: undefined },
      ],
    }),
  );

const submit = (shop: Shop, params: { [name: string]: Json }, rest: object = {}) =>
  submitRun(shop.runtime, { pipeline: "shop", params, ...rest });

describe("a submission", () => {
  test("records the run before its execution starts under the run's id", async () => {
    const shop = await open();
    const { runId, executionArn } = await submit(shop, { target: "production", replicas: "3", canary: "true" });
    expect(runId).toMatch(/^20260115-120000-[a-z2-7]{6}$/);
    expect(executionArn).toBe(shop.execution.replace(shop.runId, runId));
    expect(shop.states.started).toEqual([
      {
        stateMachineArn: "arn:aws:states:eu-central-1:123456789012:stateMachine:shop-0123456789ab",
        name: runId,
        input: '{"params":{"canary":true,"replicas":3,"target":"production"},"envs":{},"plan":"plan-1"}',
      },
    ]);
    expect(await readRun(shop.runtime, runId)).toMatchObject({ status: "queued", actions: [{ status: "pending" }] });
  });

  test("keeps a long param in an object, and says which in the input", async () => {
    const shop = await open();
    const target = "x".repeat(600_000);
    const { runId } = await submit(shop, { target });
    const started = JSON.parse(shop.states.started[0]?.input ?? "");
    expect(started).toMatchObject({ params: {}, largeParams: { target: expect.stringContaining(`values/${runId}/`) } });
    expect((await shop.items()).map((item) => JSON.stringify(item).length < 10_000)).toEqual([true]);
  });

  test("repeated under its id answers the same run, also when its execution has ended", async () => {
    const shop = await open();
    const first = await submit(shop, { target: "production" }, { runId: "release-42" });
    shop.states.faults.set("StartExecution", ["ExecutionAlreadyExists"]);
    expect(await submit(shop, { target: "production" }, { runId: "release-42" })).toEqual({ ...first, isNew: false });
  });

  test("under an id that another one has is refused", async () => {
    const shop = await open();
    await submit(shop, { target: "production" }, { runId: "release-42" });
    await expect(submit(shop, { target: "staging" }, { runId: "release-42" })).rejects.toMatchObject({
      name: "RunConflictError",
    });
  });

  test("after a crash before the execution started completes it", async () => {
    const shop = await open();
    shop.states.faults.set("StartExecution", ["ServiceUnavailable"]);
    await expect(submit(shop, { target: "x" }, { runId: "release-42" })).rejects.toThrow();
    await submit(shop, { target: "x" }, { runId: "release-42" });
    expect(shop.states.started).toHaveLength(1);
  });

  test("of a version of a machine names the version and knows the execution", async () => {
    const shop = await open();
    const stateMachineArn = "arn:aws:states:eu-central-1:123456789012:stateMachine:sluice-shop:7";
    const { executionArn } = await submit(shop, { target: "x" }, { stateMachineArn, planHash: "plan-1", runId: "r1" });
    expect(shop.states.started[0]?.stateMachineArn).toBe(stateMachineArn);
    expect(executionArn).toBe("arn:aws:states:eu-central-1:123456789012:execution:sluice-shop:r1");
  });

  test.each<[string, { [name: string]: Json }, object, string]>([
    ["a required param is missing", {}, {}, 'Param "target" (string) is required.'],
    [
      "a param is unknown",
      { target: "x", taget: "y" },
      {},
      'Pipeline "Shop release" has no param "taget"; it declares "target", "replicas", "canary".',
    ],
    [
      "an int is no number",
      { target: "x", replicas: "2.5" },
      {},
      'Param "replicas" is "2.5"; it must be a whole number.',
    ],
    ["a boolean is none", { target: "x", canary: "yes" }, {}, 'Param "canary" is "yes"; it must be true or false.'],
    ["a string is a list", { target: ["x"] }, {}, 'Param "target" is ["x"]; it must be a text.'],
    ["a variable has no legal name", { target: "x" }, { envs: { "A-B": "1" } }, 'Env "A-B" is no name of a variable'],
    ["the id is none", { target: "x" }, { runId: "a.b" }, '"a.b" is no run id'],
    ["the pipeline is unknown", { target: "x" }, { pipeline: "shoe" }, 'There is no pipeline "shoe"'],
    ["the input is too large", { target: "x" }, { envs: { BIG: "x".repeat(270_000) } }, "at most 262144 are allowed"],
    [
      "a param is too large",
      { target: "x".repeat(1_024_001) },
      {},
      'Param "target" has 1024001 bytes; at most 1024000',
    ],
  ])("is refused where %s", async (_, params, rest, words) => {
    const shop = await open();
    await expect(submit(shop, params, rest)).rejects.toMatchObject({
      name: "InvalidRunError",
      message: expect.stringContaining(words),
    });
    expect(await shop.items()).toEqual([]);
    expect(shop.states.started).toEqual([]);
  });

  test("shows every mistake at once", async () => {
    const shop = await open();
    await expect(submit(shop, { replicas: "x", tier: 1 })).rejects.toMatchObject({ problems: { length: 3 } });
  });
});

test("a run is stopped by stopping its execution", async () => {
  const shop = await open();
  const { runId, executionArn } = await submit(shop, { target: "x" });
  await stopRun(shop.runtime, runId, "The customer changed her mind.");
  expect(shop.states.stopped).toEqual([executionArn]);
  await expect(stopRun(shop.runtime, "unknown", "x")).rejects.toMatchObject({ name: "RunNotFoundError" });
});

test("a bus that is away fails nothing", async () => {
  const shop = await open();
  shop.bus.isAway = true;
  await submit(shop, { target: "x" });
  expect(shop.states.started).toHaveLength(1);
  expect(shop.logs).toMatchObject([{ level: "warn" }]);
});
