import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPLETE_ACTION_RULE } from "../../../functions/index.ts";
import { compilePattern } from "../../../local/events/pattern/pattern.ts";
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
    {
      kind: "failure",
      error: "Sluice.ActionFailed",
      cause: expect.stringMatching(
        /was killed by signal SIGKILL \(exit code 137\): .*raise "resources: \{mem: …\}" of the action.* main: OutOfMemoryError/,
      ),
    },
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

describe("a task that AWS takes away", () => {
  const warning = {
    lastStatus: "RUNNING",
    stopCode: "SpotInterruption",
    stoppedReason: "Your Spot Task was interrupted.",
  };

  test("is announced, so that the agent's report of a SIGTERM is understood", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    await shop.taskStopped(build, warning);
    expect(shop.states.answers).toEqual([]);
    await shop.complete(build, { end: "cancelled", message: "The agent was asked to end (SIGTERM)." });
    expect(shop.states.answers).toMatchObject([
      {
        error: "Sluice.ActionFailed",
        cause: expect.stringContaining(
          'action "build" was interrupted: AWS took the Spot capacity back; let the action "retry", or name an executor without Spot',
        ),
      },
    ]);
    expect(await shop.action("build")).toMatchObject({ status: "failed" });
  });

  test("runs again where the action says so", async () => {
    const retry = { maxTimes: 1, ratio: 1, limitSeconds: 1, intervalSeconds: 1 };
    const shop = await Shop.open(database, plan([action("build", 0, { retry })]));
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    await shop.taskStopped(shop.attempt("build"), warning);
    await shop.complete(shop.attempt("build"), { end: "cancelled" });
    expect(shop.states.answers).toMatchObject([{ error: "Sluice.Again" }]);
    await shop.perform("build", "token-2", {}, 2);
    expect(shop.answersTo("token-2")).toMatchObject([{ kind: "success" }]);
  });

  test("of a run that is being cancelled is cancelled, whoever was first", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    await shop.taskStopped(build, warning);
    await shop.cancel("ABORTED");
    await shop.complete(build, { end: "cancelled" });
    expect(await shop.action("build")).toMatchObject({ status: "cancelled" });
  });

  test("and lost with its agent says why", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    await shop.taskStopped(build, { stoppedReason: "Host EC2 (instance i-0123456789) terminated." });
    expect(shop.states.answers).toMatchObject([
      { cause: expect.stringContaining("was lost: it stopped without a report: the host of the task was taken away") },
    ]);
  });
});

test("the rule brings the end of our tasks and warnings, and nothing else", () => {
  const pattern = compilePattern(JSON.stringify(COMPLETE_ACTION_RULE));
  const brings = (detail: { readonly [key: string]: string }) =>
    pattern.matches({
      source: "aws.ecs",
      "detail-type": "ECS Task State Change",
      detail: { startedBy: "sluice-1", ...detail },
    });

  expect(brings({ lastStatus: "STOPPED" })).toBe(true);
  expect(brings({ lastStatus: "RUNNING", desiredStatus: "STOPPED", stopCode: "SpotInterruption" })).toBe(true);
  expect(brings({ lastStatus: "RUNNING" })).toBe(false);
  expect(brings({ lastStatus: "RUNNING", desiredStatus: "STOPPED", stopCode: "UserInitiated" })).toBe(false);
  expect(brings({ lastStatus: "STOPPED", startedBy: "ecs-svc/1" })).toBe(false);
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
