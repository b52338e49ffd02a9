import { afterAll, beforeAll, expect, test } from "vitest";
import { checkAttempt, createSweep, readRun, submitRun } from "../../../functions/index.ts";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

async function running(): Promise<{ shop: Shop; build: string }> {
  const shop = await Shop.open(database, plan([action("build", 0, { timeoutSeconds: 1000 })]));
  await shop.enter("build", "token-1");
  await shop.run(shop.attempt("build"));
  return { shop, build: shop.attempt("build") };
}

test("nothing is due: nothing is done", async () => {
  const { shop } = await running();
  expect(await shop.sweep()).toEqual({ checked: 0, failed: 0 });
});

test("an attempt that is heard of lives on", async () => {
  const { shop, build } = await running();
  for (let minute = 0; minute < 10; minute++) {
    shop.advance(60);
    await shop.agent(build, "heartbeat", { phase: "running" });
    await shop.sweep();
  }
  expect(shop.states.answers).toEqual([]);
});

test("an attempt that is silent for too long is removed and lost", async () => {
  const { shop, build } = await running();
  shop.advance(160);
  await shop.sweep();
  expect(shop.executor.calls.at(-1)).toBe(`remove ${build}`);
  expect(shop.states.answers).toMatchObject([
    { error: "Sluice.ActionFailed", cause: expect.stringContaining("was not heard of for 150 s") },
  ]);
});

test("an attempt whose host has seen it gone is lost at once", async () => {
  const { shop, build } = await running();
  await checkAttempt(shop.runtime, build);
  expect(shop.states.answers).toEqual([]);
  shop.executor.statuses.set(build, { phase: "ended", exitCode: 137 });
  await checkAttempt(shop.runtime, build);
  await checkAttempt(shop.runtime, build);
  await checkAttempt(shop.runtime, "nobody.knows.1");
  expect(shop.states.answers).toMatchObject([
    { error: "Sluice.ActionFailed", cause: expect.stringContaining("it stopped without a report") },
  ]);
});

test("an attempt past its deadline is removed and timed out, although its agent is heard of", async () => {
  const { shop, build } = await running();
  for (let minute = 0; minute < 18; minute++) {
    shop.advance(60);
    await shop.agent(build, "heartbeat", { phase: "storing" });
  }
  shop.advance(151);
  await shop.sweep();
  expect(await shop.action("build")).toMatchObject({ status: "timedOut" });
  expect(shop.executor.calls).toContain(`remove ${build}`);
});

test("an attempt whose task is gone before its agent was heard of is tried again", async () => {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  await shop.enter("build", "token-1");
  shop.executor.statuses.set(shop.attempt("build"), { phase: "ended", reason: "Host EC2 terminated" });
  shop.advance(160);
  await shop.sweep();
  expect(shop.states.answers).toMatchObject([{ error: "Sluice.Retryable" }]);
});

test("an attempt that waits for capacity is left until its start allowance is over", async () => {
  const shop = await Shop.open(database, plan([action("build", 0, { kind: "ecs" })]));
  await shop.enter("build", "token-1");
  shop.executor.statuses.set(shop.attempt("build"), { phase: "queued", reason: "PROVISIONING" });
  shop.advance(600);
  await shop.sweep();
  expect(shop.states.answers).toEqual([]);
  shop.advance(600);
  await shop.sweep();
  expect(shop.states.answers).toMatchObject([{ error: "Sluice.Retryable" }]);
});

test("a report whose consequences a crash has cut off is settled", async () => {
  const { shop, build } = await running();
  shop.states.faults.set("SendTaskSuccess", ["InternalServerError"]);
  await shop.complete(build);
  expect(shop.states.answers).toEqual([]);
  shop.advance(160);
  await shop.sweep();
  expect(shop.states.answers).toMatchObject([{ token: "token-1", kind: "success" }]);
  expect(await shop.action("build")).not.toHaveProperty("living");
  // Its agent was told that it was not heard, so it may still live.
  expect(shop.executor.calls.at(-1)).toBe(`remove ${build}`);
  shop.advance(60);
  await shop.sweep();
  expect(await shop.item("attempt#build#000001")).not.toHaveProperty("living");
});

test("a task that lives on although its agent has reported is ended by force", async () => {
  const { shop, build } = await running();
  await shop.complete(build);
  shop.executor.statuses.set(build, { phase: "running" });
  shop.advance(140);
  await shop.sweep();
  expect(shop.executor.calls.some((call) => call.startsWith("remove"))).toBe(false);
  shop.advance(20);
  await shop.sweep();
  expect(shop.executor.calls.at(-1)).toBe(`remove ${build}`);
  shop.advance(60);
  await shop.sweep();
  expect(shop.executor.calls.filter((call) => call.startsWith("remove"))).toHaveLength(1);
  expect(await shop.item("attempt#build#000001")).not.toHaveProperty("living");
});

test("a task whose end was seen is asked for no more", async () => {
  const { shop, build } = await running();
  await shop.complete(build);
  await shop.taskStopped(build);
  expect(await shop.item("attempt#build#000001")).not.toHaveProperty("living");
});

test("an attempt whose executor is no longer configured ends, and the record names what was started", async () => {
  const { shop, build } = await running();
  const runtime = { ...shop.runtime, executors: new Map() };
  shop.advance(160);
  expect(await createSweep(runtime)({}, {} as never)).toEqual({ checked: 1, failed: 0 });
  expect(shop.states.answers).toMatchObject([
    {
      error: "Sluice.ActionFailed",
      cause: expect.stringContaining(`its executor "build" is no longer configured; look after handle-${build}`),
    },
  ]);
});

test("what comes to life for an attempt that has ended meanwhile is removed", async () => {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  shop.executor.onStart = async () => {
    // RunTask takes its time; the run is cancelled, and the sweep has ended the attempt for good.
    await shop.cancel("ABORTED");
    shop.advance(60);
    await shop.sweep();
  };
  await shop.enter("build", "token-1");
  expect(shop.executor.calls.at(-1)).toBe(`remove ${shop.attempt("build")}`);
  expect(shop.executor.calls.indexOf(`start ${shop.attempt("build")}`)).toBeLessThan(shop.executor.calls.length - 2);
  expect(await shop.action("build")).toMatchObject({ status: "cancelled" });
});

test("more than it takes at a time has its turn later, the most overdue first", { timeout: 120_000 }, async () => {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  const ids = Array.from({ length: 260 }, (_, index) => `run-${index}`);
  for (const runId of ids) {
    shop.now += 1;
    await submitRun(shop.runtime, { pipeline: "shop", runId });
    const executionArn = `${shop.execution.slice(0, shop.execution.lastIndexOf(":"))}:${runId}`;
    shop.states.executions.set(executionArn, { status: "RUNNING" });
  }
  shop.advance(4000);
  expect(await shop.sweep()).toEqual({ checked: 250, failed: 0 });
  shop.advance(60);
  expect(await shop.sweep()).toEqual({ checked: 10, failed: 0 });
});

test("an ended action whose token was not answered is answered", async () => {
  const shop = await Shop.open(database, plan([action("build", 0), action("deploy", 1)]));
  await shop.perform("build", "token-1", { exitCode: 1 });
  shop.states.faults.set("SendTaskSuccess", ["ThrottlingException"]);
  await expect(shop.enter("deploy", "token-2")).rejects.toMatchObject({ name: "Sluice.Retryable" });
  expect(await shop.action("deploy")).toMatchObject({ status: "skipped", answered: false });
  shop.advance(61);
  await shop.sweep();
  expect(shop.answersTo("token-2")).toMatchObject([{ kind: "success" }]);
  expect(await shop.action("deploy")).toMatchObject({ answered: true });
});

test("a run whose end no event has told is ended, its attempts are stopped", async () => {
  const { shop, build } = await running();
  shop.states.executions.set(shop.execution, { status: "ABORTED", stopDate: shop.now / 1000 });
  shop.advance(100);
  await shop.agent(build, "heartbeat", { phase: "running" });
  shop.advance(100);
  await shop.agent(build, "heartbeat", { phase: "running" });
  shop.advance(101);
  await shop.sweep();
  expect(await readRun(shop.runtime, shop.runId)).toMatchObject({ status: "cancelled" });
  expect(shop.executor.calls.at(-1)).toContain(`cancel ${build}`);
});

test("a run whose Task waits no more is asked for at the next sweep, not in its turn", async () => {
  const { shop, build } = await running();
  shop.states.executions.set(shop.execution, { status: "ABORTED", stopDate: shop.now / 1000 });
  shop.states.deadTokens.set("token-1", "TaskTimedOut");
  shop.advance(30);
  expect((await shop.agent(build, "heartbeat", { phase: "running" })).body).toEqual({ cancel: false });
  expect(await shop.sweep()).toEqual({ checked: 1, failed: 0 });
  expect(await readRun(shop.runtime, shop.runId)).toMatchObject({ status: "cancelled" });
  expect(shop.executor.calls.at(-1)).toContain(`cancel ${build}`);
  shop.advance(30);
  expect((await shop.agent(build, "heartbeat", { phase: "running" })).body).toEqual({ cancel: true });
});

test("a run that lives is asked for again later, not at once", async () => {
  const { shop } = await running();
  shop.advance(301);
  const before = await shop.sweep();
  expect(before).toMatchObject({ failed: 0 });
  expect((await shop.item("run"))?.["checkAt"]).toBe(shop.now + 300_000);
});

test("an attempt whose run has ended is stopped even where cancel-run was never called", async () => {
  const { shop, build } = await running();
  await shop.record("ABORTED");
  shop.advance(151);
  await shop.sweep();
  expect(shop.executor.calls.at(-1)).toContain(`cancel ${build}`);
  shop.advance(60);
  await shop.sweep();
  expect(shop.executor.calls.at(-1)).toBe(`remove ${build}`);
});

test("a run that was recorded and never started fails in the end", async () => {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  shop.states.faults.set("StartExecution", ["ServiceUnavailable"]);
  const submission = { pipeline: "shop", runId: "20260115-120000-zzzzzz" };
  await expect(submitRun(shop.runtime, submission)).rejects.toMatchObject({ name: "ServiceUnavailable" });
  shop.advance(301);
  await shop.sweep();
  expect(await readRun(shop.runtime, submission.runId)).toMatchObject({ status: "queued" });
  shop.advance(400);
  await shop.sweep();
  expect(await readRun(shop.runtime, submission.runId)).toMatchObject({ status: "failed" });
});

test("what fails is logged, does not keep the rest from being looked at, and comes later", async () => {
  const shop = await Shop.open(database, plan([action("lint", 0), action("test", 0)]));
  for (const key of ["lint", "test"]) {
    await shop.enter(key, `token-${key}`);
    await shop.run(shop.attempt(key));
  }
  shop.executor.faults.remove = [new Error("StopTask failed")];
  shop.advance(160);
  expect(await shop.sweep()).toEqual({ checked: 2, failed: 1 });
  expect(shop.states.answers).toHaveLength(1);
  shop.advance(61);
  expect(await shop.sweep()).toEqual({ checked: 1, failed: 0 });
  expect(shop.states.answers).toHaveLength(2);
  expect(shop.logs).toHaveLength(1);
});

test("what can never start is removed, since a cluster would go on trying it", async () => {
  const shop = await Shop.open(database, plan([action("build", 0, { kind: "ecs" })]));
  await shop.enter("build", "token-1");
  const build = shop.attempt("build");
  const reason = 'InvalidImageName: the image "Shop" is no name of an image';
  shop.executor.statuses.set(build, { phase: "ended", cause: "notStarted", reason });
  shop.advance(160);
  await shop.sweep();
  expect(shop.executor.calls.at(-1)).toBe(`remove ${build}`);
  expect(shop.states.answers).toMatchObject([{ cause: expect.stringContaining(reason) }]);
});

test("an attempt that did not start in time says what it waited for", async () => {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  await shop.enter("build", "token-1");
  const reason = "Unschedulable: no node takes the pod";
  shop.executor.statuses.set(shop.attempt("build"), { phase: "queued", reason });
  shop.advance(160);
  await shop.sweep();
  expect(shop.states.answers).toMatchObject([
    { cause: expect.stringContaining(`its agent did not start in time (${reason})`) },
  ]);
});
