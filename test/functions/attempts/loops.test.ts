import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlanAction } from "../../../compiler/index.ts";
import { action, BROKEN, expression, isEqual, literal, name, output, plan, quoted } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const EVERY_2_S = { maxTimes: 3, ratio: 1, limitSeconds: 2, intervalSeconds: 2 };
const open = (rest: Partial<PlanAction>) => Shop.open(database, plan([action("probe", 0, rest)]));
const looped = (loop: Partial<NonNullable<PlanAction["loop"]>> = {}, rest: Partial<PlanAction> = {}) =>
  open({ loop: { break: undefined, strategy: EVERY_2_S, ...loop }, ...rest });

const errors = (shop: Shop) => shop.states.answers.map((answer) => answer.error ?? answer.kind);

describe("a loop", () => {
  test("asks to be called again until its break is true, and ends with the real result", async () => {
    const shop = await looped();
    await shop.perform("probe", "token-1", { exitCode: 1 });
    expect(await shop.action("probe")).toMatchObject({ status: "running", iteration: 2, attempt: 1 });
    await shop.perform("probe", "token-2", { exitCode: 1 }, 2);
    await shop.perform("probe", "token-3", { exitCode: 0 }, 3);
    expect(errors(shop)).toEqual(["Sluice.Again", "Sluice.Again", "success"]);
    expect(await shop.action("probe")).toMatchObject({ status: "succeeded", attempt: 3, iteration: 3 });
  });

  test("that is exhausted keeps status, error and outputs of its last iteration", async () => {
    const shop = await looped();
    for (const n of [1, 2, 3]) {
      await shop.perform("probe", `token-${n}`, { exitCode: n, outputs: [{ name: `try-${n}`, value: n }] }, n);
    }
    expect(errors(shop)).toEqual(["Sluice.Again", "Sluice.Again", "Sluice.ActionFailed"]);
    expect(shop.states.answers.at(-1)?.cause).toContain("exit code 3");
    expect(await shop.action("probe")).toMatchObject({ status: "failed", exitCode: 3 });
    const { readRun } = await import("../../../functions/index.ts");
    const view = await readRun(shop.runtime, shop.runId);
    expect(view.actions[0]).toMatchObject({ attempts: 3, outputs: { "try-3": 3 } });
    expect(Object.keys(view.actions[0]?.outputs ?? {})).toEqual(["try-3"]);
  });

  test("whose break reads its own outputs goes on although the action succeeds, then ends well", async () => {
    const isReady = expression("x", isEqual(quoted(output("probe", "state")), literal("ready")));
    const shop = await looped({ break: isReady });
    await shop.perform("probe", "token-1", { outputs: [{ name: "state", value: "starting" }] });
    expect(errors(shop)).toEqual(["Sluice.Again"]);
    await shop.perform("probe", "token-2", { outputs: [{ name: "state", value: "ready" }] }, 2);
    expect(errors(shop)).toEqual(["Sluice.Again", "success"]);
  });

  test("whose break is never true ends with the real success", async () => {
    const shop = await looped({ break: expression("x", isEqual(literal(1), literal(2))) });
    for (const n of [1, 2, 3]) await shop.perform("probe", `token-${n}`, {}, n);
    expect(errors(shop)).toEqual(["Sluice.Again", "Sluice.Again", "success"]);
  });

  test("may break on a failure", async () => {
    const failed = expression("x", isEqual(name("task_status"), literal("Failed")));
    const shop = await looped({ break: failed });
    await shop.perform("probe", "token-1", { exitCode: 1 });
    expect(errors(shop)).toEqual(["Sluice.ActionFailed"]);
  });

  test("whose break cannot be evaluated goes on, and the record says why", async () => {
    const shop = await looped({ break: BROKEN });
    await shop.perform("probe", "token-1");
    expect(errors(shop)).toEqual(["Sluice.Again"]);
    expect(await shop.action("probe")).toMatchObject({ breakProblem: expect.stringMatching(/^pipeline\.yaml:9:15: /) });
  });

  test("that ends without its break ever being true says so, also where the last iteration succeeded", async () => {
    const never = expression("x", isEqual(name("task_status"), literal("Failed")));
    const shop = await looped({
      break: never,
      strategy: { maxTimes: 1, ratio: 1, limitSeconds: 1, intervalSeconds: 1 },
    });
    await shop.perform("probe", "token-1");
    expect(await shop.action("probe")).toMatchObject({
      status: "succeeded",
      reason: '"break" was not true after iteration 1, the last one allowed',
    });
  });

  test("with pauses that one retrier cannot count names the pause", async () => {
    const strategy = { maxTimes: 4, ratio: 0.5, limitSeconds: 8, intervalSeconds: 8 };
    const shop = await looped({ strategy });
    for (const n of [1, 2, 3]) await shop.perform("probe", `token-${n}`, { exitCode: 1 }, n);
    expect(errors(shop)).toEqual(["Sluice.Again.8", "Sluice.Again.4", "Sluice.Again.2"]);
  });

  test("ends when the next iteration would begin past the total timeout", async () => {
    const strategy = { maxTimes: -1, ratio: 1, limitSeconds: 60, intervalSeconds: 60 };
    const shop = await looped({ strategy }, { timeoutSeconds: 100 });
    await shop.perform("probe", "token-1", { exitCode: 1 });
    shop.advance(60);
    await shop.perform("probe", "token-2", { exitCode: 1 }, 2);
    expect(errors(shop)).toEqual(["Sluice.Again", "Sluice.ActionFailed"]);
  });

  test("gives each iteration the time that is left of the total", async () => {
    const shop = await looped({}, { timeoutSeconds: 100 });
    await shop.perform("probe", "token-1", { exitCode: 1 });
    shop.advance(30);
    await shop.enter("probe", "token-2");
    expect((await shop.bootstrap(shop.attempt("probe", 2))).body.assignment.timeoutSeconds).toBe(70);
  });

  test("ends where an iteration used up the total timeout", async () => {
    const shop = await looped({}, { timeoutSeconds: 100 });
    await shop.enter("probe", "token-1");
    await shop.run(shop.attempt("probe"));
    const startedAt = new Date(shop.now).toISOString();
    shop.advance(100);
    await shop.complete(shop.attempt("probe"), { end: "timedOut", startedAt });
    expect(errors(shop)).toEqual(["Sluice.ActionTimedOut"]);
  });

  test("is not gone through when the run was cancelled", async () => {
    const shop = await looped();
    await shop.enter("probe", "token-1");
    await shop.run(shop.attempt("probe"));
    await shop.cancel("ABORTED");
    await shop.complete(shop.attempt("probe"), { end: "cancelled" });
    expect(errors(shop)).toEqual(["Sluice.ActionCancelled"]);
  });

  test("called with the token of an iteration that has ended repeats its answer and starts nothing", async () => {
    const shop = await looped();
    shop.states.faults.set("SendTaskFailure", ["InternalServerError"]);
    await shop.enter("probe", "token-1");
    await shop.run(shop.attempt("probe"));
    expect((await shop.complete(shop.attempt("probe"), { exitCode: 1 })).status).toBe(503);
    expect(errors(shop)).toEqual([]);
    await shop.enter("probe", "token-1");
    expect(errors(shop)).toEqual(["Sluice.Again"]);
    expect(shop.executor.started).toHaveLength(1);
    await shop.complete(shop.attempt("probe"), { exitCode: 1 });
    expect(errors(shop)).toEqual(["Sluice.Again"]);
  });

  test("redriven counts its iterations anew", async () => {
    const shop = await looped();
    for (const n of [1, 2, 3]) await shop.perform("probe", `token-${n}`, { exitCode: 1 }, n);
    await shop.perform("probe", "token-4", { exitCode: 1 }, 4, 1);
    expect(errors(shop).at(-1)).toBe("Sluice.Again");
    expect(await shop.action("probe")).toMatchObject({ iteration: 2, redrive: 1 });
  });
});

describe("a retry policy", () => {
  const TWICE = { maxTimes: 2, ratio: 2, limitSeconds: 60, intervalSeconds: 1 };

  test("tries a failed action again, and no more than it says", async () => {
    const shop = await open({ retry: TWICE });
    for (const n of [1, 2, 3]) await shop.perform("probe", `token-${n}`, { exitCode: 1 }, n);
    expect(errors(shop)).toEqual(["Sluice.Again", "Sluice.Again", "Sluice.ActionFailed"]);
  });

  test("and a loop count apart: every iteration has its own retries", async () => {
    const shop = await open({
      retry: { ...TWICE, maxTimes: 1 },
      loop: { break: undefined, strategy: { ...EVERY_2_S, maxTimes: 2 } },
    });
    const counts: unknown[] = [];
    for (const n of [1, 2, 3, 4]) {
      await shop.perform("probe", `token-${n}`, { exitCode: 1 }, n);
      const record = await shop.action("probe");
      counts.push([record?.["iteration"], record?.["retry"], record?.["status"]]);
    }
    expect(counts).toEqual([
      [1, 1, "running"],
      [2, 0, "running"],
      [2, 1, "running"],
      [2, 1, "failed"],
    ]);
    expect(errors(shop)).toEqual(["Sluice.Again.1", "Sluice.Again.2", "Sluice.Again.1", "Sluice.ActionFailed"]);
  });
});

test("a timeout names what the action was given, not what was left for its last attempt", async () => {
  const shop = await looped({}, { timeoutSeconds: 40 });
  await shop.perform("probe", "token-1", { exitCode: 1 });
  await shop.perform("probe", "token-2", { end: "timedOut", message: "The action used up its running time." }, 2);
  expect(await shop.action("probe")).toMatchObject({
    error: {
      message: 'action "probe" timed out: It ran longer than its timeout of 40 s, 2 attempts together.',
    },
  });
});
