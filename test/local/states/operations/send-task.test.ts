import { describe, expect, test } from "vitest";
import { callback, openShop, type Shop } from "../shop.ts";

/** Starts an execution that waits for a token, and gives the token out. */
async function waiting(
  fields: object = {},
): Promise<{ shop: Shop; executionArn: string; taskToken: string; tokens: string[] }> {
  const tokens: string[] = [];
  const shop = openShop({
    paint: (payload) => {
      tokens.push((payload as { token: string }).token);
      return "in work";
    },
  });
  const executionArn = await shop.start({ paint: callback("paint", fields) });
  return { shop, executionArn, taskToken: tokens[0] ?? "", tokens };
}

describe("SendTaskSuccess", () => {
  test("ends the task with its output", async () => {
    const { shop, executionArn, taskToken } = await waiting();
    expect(taskToken.length).toBeLessThanOrEqual(1024);
    await shop.call("SendTaskSuccess", { taskToken, output: '{"colour":"red"}' });
    const ended = await shop.finish(executionArn);
    expect(ended.output).toEqual({ colour: "red" });
    expect(ended.types).toEqual([
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
    ]);
    expect(ended.events[4]).toMatchObject({ taskSubmittedEventDetails: { resource: "invoke.waitForTaskToken" } });
  });

  test("the second answer comes too late", async () => {
    const { shop, taskToken } = await waiting();
    const answers = [1, 2].map((output) => shop.call("SendTaskSuccess", { taskToken, output: String(output) }));
    await expect(answers[0]).resolves.toEqual({});
    await expect(answers[1]).rejects.toMatchObject({ name: "TaskTimedOut" });
  });

  test("an output that is no JSON", async () => {
    const { shop, taskToken } = await waiting();
    await expect(shop.call("SendTaskSuccess", { taskToken, output: "red" })).rejects.toMatchObject({
      name: "InvalidOutput",
    });
  });
});

test("SendTaskFailure fails the task, and Retry gives it a new token", async () => {
  const { shop, executionArn, taskToken, tokens } = await waiting({ Retry: [{ ErrorEquals: ["Smudged"] }] });
  await shop.call("SendTaskFailure", { taskToken, error: "Smudged", cause: "rain" });
  await shop.clock.advance(1000);
  expect(tokens).toHaveLength(2);
  expect(tokens[1]).not.toBe(taskToken);
  await expect(shop.call("SendTaskSuccess", { taskToken, output: "1" })).rejects.toMatchObject({
    name: "TaskTimedOut",
  });
  await shop.call("SendTaskFailure", { taskToken: tokens[1], error: "Spilled", cause: "wind" });
  expect(await shop.finish(executionArn)).toMatchObject({ status: "FAILED", error: "Spilled", cause: "wind" });
});

test("SendTaskHeartbeat keeps a task alive", async () => {
  const { shop, executionArn, taskToken } = await waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 60 });
  for (const pause of [9000, 9000, 9000]) {
    await shop.clock.advance(pause);
    await shop.call("SendTaskHeartbeat", { taskToken });
  }
  const ended = await shop.finish(executionArn);
  expect(ended).toMatchObject({ error: "States.Timeout", milliseconds: 37_000 });
  await expect(shop.call("SendTaskHeartbeat", { taskToken })).rejects.toMatchObject({ name: "TaskTimedOut" });
});

test("tokens that are none", async () => {
  const { shop, taskToken } = await waiting();
  const other = openShop();
  await expect(shop.call("SendTaskHeartbeat", { taskToken: "tok" })).rejects.toMatchObject({ name: "InvalidToken" });
  await expect(other.call("SendTaskHeartbeat", { taskToken })).rejects.toMatchObject({ name: "TaskDoesNotExist" });
});
