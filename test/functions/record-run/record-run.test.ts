import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRun } from "../../../functions/index.ts";
import { ALWAYS, action, output, plan, template, text } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const statuses = async (shop: Shop) =>
  Object.fromEntries((await readRun(shop.runtime, shop.runId)).actions.map(({ key, status }) => [key, status]));

describe("the end of an execution", () => {
  test("that succeeded ends the run with its outputs; what refers to nothing is left out", async () => {
    const outputs = [
      { name: "image", value: template("shop:", output("build", "version")) },
      { name: "count", value: template(output("build", "count")) },
      { name: "missing", value: template(output("build", "nothing")) },
    ];
    const shop = await Shop.open(
      database,
      plan([action("build", 0), action("soak", 1, { native: true })], { outputs }),
    );
    await shop.perform("build", "token-1", {
      outputs: [
        { name: "version", value: "1.2.3" },
        { name: "count", value: 7 },
      ],
    });
    await shop.record("SUCCEEDED", { stopDate: shop.now + 5000 });
    const view = await readRun(shop.runtime, shop.runId);
    expect(view).toMatchObject({ status: "succeeded", outputs: { image: "shop:1.2.3", count: 7 } });
    expect(view.outputs).not.toHaveProperty("missing");
    expect(view.endedAt).toBe(new Date(shop.now + 5000).toISOString());
    expect(await statuses(shop)).toEqual({ build: "succeeded", soak: "succeeded" });
    expect(await shop.item("run")).not.toHaveProperty("living");
  });

  test("that failed keeps what the console shows, and settles what was never reached", async () => {
    const shop = await Shop.open(
      database,
      plan([action("build", 0), action("soak", 1, { native: true }), action("deploy", 2)]),
    );
    await shop.perform("build", "token-1", { exitCode: 1, logTail: ["boom"] });
    await shop.executionIs("FAILED", { error: "Sluice.ActionFailed", cause: "it failed" });
    const view = await readRun(shop.runtime, shop.runId);
    expect(view).toMatchObject({ status: "failed", error: { name: "Sluice.ActionFailed", cause: "it failed" } });
    expect(await statuses(shop)).toEqual({ build: "failed", soak: "skipped", deploy: "skipped" });
    expect(view.actions[0]?.error).toEqual({
      name: "Sluice.ActionFailed",
      message: 'action "build" failed with exit code 1',
      exitCode: 1,
      logTail: ["boom"],
    });
    expect(view.actions[2]?.reason).toBe("an earlier action failed");
  });

  test("by an error that no function reported fails the action whose state it was and removes its attempt", async () => {
    const shop = await Shop.open(database, plan([action("build", 0), action("clean-up", 1, { condition: ALWAYS })]));
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    await shop.record("FAILED", { error: "States.Timeout" });
    expect(await statuses(shop)).toEqual({ build: "failed", "clean-up": "skipped" });
    expect(shop.executor.calls).toContain(`remove ${shop.attempt("build")}`);
    const view = await readRun(shop.runtime, shop.runId);
    expect(view.actions[0]?.error?.message).toContain("States.Timeout");
  });

  test("that was aborted cancels what was under way, and leaves its processes to cancel-run", async () => {
    const shop = await Shop.open(database, plan([action("build", 0), action("deploy", 1)]));
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    await shop.record("ABORTED");
    expect(shop.executor.calls.some((call) => call.startsWith("remove"))).toBe(false);
    expect(await statuses(shop)).toEqual({ build: "cancelled", deploy: "skipped" });
    expect(await readRun(shop.runtime, shop.runId)).toMatchObject({ status: "cancelled" });
    await shop.complete(shop.attempt("build"), { end: "cancelled" });
    expect(await statuses(shop)).toEqual({ build: "cancelled", deploy: "skipped" });
  });

  test("while a wait ran cancels the wait", async () => {
    const shop = await Shop.open(database, plan([action("soak", 0, { kind: "wait", wait: text(600) })]));
    await shop.enter("soak", undefined);
    await shop.record("TIMED_OUT");
    expect(await statuses(shop)).toEqual({ soak: "cancelled" });
    expect(await readRun(shop.runtime, shop.runId)).toMatchObject({ status: "timedOut" });
  });

  test("told twice, late, and out of order stays what it was", async () => {
    const shop = await Shop.open(database, plan([action("build", 0)]));
    await shop.perform("build", "token-1");
    await shop.record("SUCCEEDED");
    await shop.record("RUNNING");
    await shop.record("SUCCEEDED");
    await shop.record("ABORTED");
    expect(await readRun(shop.runtime, shop.runId)).toMatchObject({ status: "succeeded" });
    expect(shop.bus.events.filter(({ detailType }) => detailType === "Sluice Run Status Change")).toHaveLength(2);
  });

  test("is taken back by a redrive, whose own end counts", async () => {
    const shop = await Shop.open(database, plan([action("build", 0)]));
    await shop.perform("build", "token-1", { exitCode: 1 });
    await shop.record("FAILED", { error: "Sluice.ActionFailed", cause: "x" });
    await shop.record("RUNNING", { redriveCount: 1 });
    expect(await readRun(shop.runtime, shop.runId)).toMatchObject({ status: "running" });
    await shop.record("FAILED", { redriveCount: 0 });
    await shop.perform("build", "token-2", {}, 2, 1);
    await shop.record("SUCCEEDED", { redriveCount: 1 });
    const view = await readRun(shop.runtime, shop.runId);
    expect(view).toMatchObject({ status: "succeeded" });
    expect(view).not.toHaveProperty("error");
  });

  test("of a machine that is none of ours is ignored", async () => {
    const shop = await Shop.open(database, plan([action("build", 0)]));
    await shop.record("SUCCEEDED");
    expect(await shop.items()).toEqual([]);
    await shop.perform("build", "token-1");
    const forged = shop.execution.replace("shop-0123456789ab", "mine");
    await shop.executionIs("ABORTED", { executionArn: forged });
    expect(await readRun(shop.runtime, shop.runId)).toMatchObject({ status: "running" });
  });
});

describe("end of run", () => {
  const pipeline = [
    action("lint", 0, { onFailure: "report" }),
    action("test", 0, { onFailure: "report" }),
    action("clean-up", 1, { condition: ALWAYS }),
  ] as const;

  test("succeeds where nothing failed", async () => {
    const shop = await Shop.open(database, plan(pipeline));
    await shop.perform("lint", "token-1");
    await shop.perform("test", "token-2");
    await shop.perform("clean-up", "token-3");
    await shop.enterEndOfRun("token-4");
    expect(shop.answersTo("token-4")).toMatchObject([{ kind: "success", output: { status: "succeeded" } }]);
  });

  test("fails with a cause that names every action that failed, its exit code and its log", async () => {
    const shop = await Shop.open(database, plan(pipeline));
    await shop.perform("lint", "token-1", { exitCode: 2 });
    await shop.perform("test", "token-2", { exitCode: 3 });
    await shop.perform("clean-up", "token-3");
    await shop.enterEndOfRun("token-4");
    expect(shop.answersTo("token-4")).toEqual([
      {
        token: "token-4",
        kind: "failure",
        error: "Sluice.RunFailed",
        cause:
          '2 actions failed: action "lint" failed with exit code 2; log: logs/lint.1.log; ' +
          'action "test" failed with exit code 3; log: logs/test.1.log',
      },
    ]);
  });

  test("fails for an action that never reported, and answers the same again", async () => {
    const shop = await Shop.open(database, plan(pipeline));
    await shop.perform("lint", "token-1");
    await shop.perform("clean-up", "token-3");
    await shop.enterEndOfRun("token-4");
    await shop.enterEndOfRun("token-5");
    const causes = shop.states.answers.slice(-2).map(({ cause }) => cause);
    expect(causes[0]).toContain('action "test" was lost');
    expect(causes[1]).toBe(causes[0]);
    expect(await shop.action("test")).toMatchObject({ status: "failed" });
  });
});
