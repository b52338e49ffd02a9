import { describe, expect, test } from "vitest";
import { callback, named, openShop, task } from "../shop.ts";

describe("lambda:invoke", () => {
  test("puts out what the function answers, with AWS's events", async () => {
    const shop = openShop({ build: (order) => ({ built: order }) });
    const ended = await shop.run({ build: task("build") }, { input: { item: "chair" } });
    expect(ended.output).toEqual({ built: { item: "chair" } });
    expect(ended.types).toEqual([
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
    ]);
    expect(ended.events[2]).toMatchObject({
      previousEventId: 2,
      taskScheduledEventDetails: {
        resourceType: "lambda",
        resource: "invoke",
        region: "eu-central-1",
        parameters: '{"FunctionName":"build","Payload":{"item":"chair"}}',
      },
    });
  });

  test("a thrown error is Error and Cause of the execution", async () => {
    const shop = openShop({
      build: () => {
        throw named("GlueMissing", "no glue");
      },
    });
    const ended = await shop.run({ build: task("build") });
    expect(ended).toMatchObject({ status: "FAILED", error: "GlueMissing" });
    expect(JSON.parse(String(ended.cause))).toEqual({ errorType: "GlueMissing", errorMessage: "no glue" });
    expect(ended.types.at(-1)).toBe("TaskFailed");
  });

  test("what Lambda itself refuses has Lambda's name", async () => {
    expect((await openShop().run({ build: task("nowhere") })).error).toBe("Lambda.ResourceNotFoundException");
  });

  test("an answer above 256 KiB fails the task", async () => {
    const shop = openShop({ build: () => "x".repeat(262_144) });
    expect(await shop.run({ build: task("build") })).toMatchObject({ error: "States.DataLimitExceeded" });
  });
});

test("a function's ARN as Resource takes the arguments as they are and has events of its own", async () => {
  const shop = openShop({ build: (order) => order });
  const Resource = "arn:aws:lambda:eu-central-1:123456789012:function:build";
  const ended = await shop.run(
    { build: { Type: "Task", Resource, Arguments: { item: "{% $states.input %}" }, End: true } },
    { input: 7 },
  );
  expect(ended.output).toEqual({ item: 7 });
  expect(ended.types.slice(1, 4)).toEqual([
    "LambdaFunctionScheduled",
    "LambdaFunctionStarted",
    "LambdaFunctionSucceeded",
  ]);
});

describe("timeouts", () => {
  test("TimeoutSeconds is States.Timeout, static and by expression", async () => {
    for (const TimeoutSeconds of [5, "{% $states.input.patience %}"]) {
      const shop = openShop({ paint: () => new Promise(() => {}) });
      const ended = await shop.run({ paint: task("paint", { TimeoutSeconds }) }, { input: { patience: 5 } });
      expect(ended).toMatchObject({ status: "FAILED", error: "States.Timeout", cause: undefined, milliseconds: 5000 });
      expect(ended.types.at(-1)).toBe("TaskTimedOut");
    }
  });

  test("HeartbeatSeconds is reported as States.Timeout and may be caught by either name", async () => {
    for (const name of ["States.Timeout", "States.HeartbeatTimeout"]) {
      const shop = openShop({ paint: () => ({}) });
      const Catch = [{ ErrorEquals: [name], Next: "calm" }];
      const ended = await shop.run({
        paint: callback("paint", { HeartbeatSeconds: 3, Catch }),
        calm: { Type: "Succeed" },
      });
      expect(ended).toMatchObject({
        status: "SUCCEEDED",
        milliseconds: 3000,
        output: { Error: "States.Timeout", Cause: "" },
      });
    }
  });
});

test("Assign and Output see the result and the variables as they were", async () => {
  const shop = openShop({ build: () => 2 });
  const ended = await shop.run({
    prepare: { Type: "Pass", Assign: { count: 1 }, Next: "build" },
    build: task("build", {
      Assign: { count: "{% $count + $states.result.Payload %}" },
      Output: { before: "{% $count %}" },
      Next: "look",
    }),
    look: { Type: "Pass", Output: { input: "{% $states.input %}", now: "{% $count %}" }, End: true },
  });
  expect(ended.output).toEqual({ input: { before: 1 }, now: 3 });
});
