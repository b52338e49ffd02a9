import { afterAll, beforeAll, expect, test } from "vitest";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

async function started(): Promise<{ shop: Shop; build: string }> {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  await shop.enter("build", "token-1");
  return { shop, build: shop.attempt("build") };
}

test("a task that stopped without a report ends the attempt, with what ECS knows", async () => {
  const { shop, build } = await started();
  await shop.run(build);
  await shop.taskStopped(build, {
    stoppedReason: "Essential container in task exited",
    containers: [{ name: "main", exitCode: 137, reason: "OutOfMemoryError: container killed due to memory usage" }],
  });
  expect(shop.states.answers).toMatchObject([
    { kind: "failure", error: "Sluice.ActionFailed", cause: expect.stringContaining("main: OutOfMemoryError") },
  ]);
  expect(await shop.action("build")).toMatchObject({ status: "failed", exitCode: 137 });
});

test("after a report changes nothing", async () => {
  const { shop, build } = await started();
  await shop.run(build);
  await shop.complete(build);
  await shop.taskStopped(build);
  await shop.taskStopped(build);
  expect(shop.states.answers).toMatchObject([{ kind: "success" }]);
});

test("completes a report whose answer was lost", async () => {
  const { shop, build } = await started();
  await shop.run(build);
  shop.states.faults.set("SendTaskSuccess", ["ThrottlingException"]);
  expect((await shop.complete(build)).status).toBe(503);
  await shop.taskStopped(build);
  expect(shop.states.answers).toMatchObject([{ kind: "success" }]);
});

test("a task that never started fails the action and says why", async () => {
  const { shop, build } = await started();
  await shop.taskStopped(build, {
    stopCode: "TaskFailedToStart",
    stoppedReason: "CannotPullContainerError: shop/build",
  });
  expect(shop.states.answers).toMatchObject([
    { error: "Sluice.ActionFailed", cause: expect.stringContaining("CannotPullContainerError") },
  ]);
});

test("a task that was taken away before its agent started is tried again", async () => {
  const { shop, build } = await started();
  await shop.taskStopped(build, { stopCode: "SpotInterruption" });
  expect(shop.states.answers).toMatchObject([{ error: "Sluice.Retryable" }]);
});

test("an older event, an event of another task, and one of nobody's are ignored", async () => {
  const { shop, build } = await started();
  await shop.run(build);
  await shop.taskStopped(build, { taskArn: "arn:aws:ecs:eu-central-1:1:task/other" });
  await shop.taskStopped(build, { overrides: { containerOverrides: [] } });
  await shop.taskStopped(build, { lastStatus: "RUNNING" });
  expect(shop.states.answers).toEqual([]);
});

test("an event that comes before the handle is recorded is checked with the executor", async () => {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  const build = shop.attempt("build");
  shop.executor.onStart = async () => {
    await shop.taskStopped(build, { taskArn: "arn:aws:ecs:eu-central-1:1:task/other" });
    await shop.taskStopped(build, { stopCode: "TaskFailedToStart", stoppedReason: "no such image" });
  };
  await shop.enter("build", "token-1");
  expect(shop.states.answers).toMatchObject([{ cause: expect.stringContaining("no such image") }]);
});
