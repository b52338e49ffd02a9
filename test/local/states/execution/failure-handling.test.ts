import { describe, expect, test } from "vitest";
import { named, openShop, task } from "../shop.ts";

/** A function that throws errors of these names one after the other, and then succeeds. */
function failing(...names: string[]) {
  return () => {
    const name = names.shift();
    if (name !== undefined) throw named(name);
    return "done";
  };
}

async function delays(retrier: object, failures: number): Promise<readonly number[]> {
  const shop = openShop({ build: failing(...Array<string>(failures).fill("Busy")) });
  const Retry = [{ ErrorEquals: ["Busy"], ...retrier }];
  const { events } = await shop.run({ build: task("build", { Retry }) });
  const times = events.filter(({ type }) => type === "TaskScheduled").map(({ timestamp }) => timestamp.getTime());
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe("Retry", () => {
  test("waits longer each time, as far as MaxDelaySeconds", async () => {
    expect(await delays({}, 3)).toEqual([1000, 2000, 4000]);
    expect(await delays({ IntervalSeconds: 3, BackoffRate: 2, MaxDelaySeconds: 5, MaxAttempts: 4 }, 4)).toEqual([
      3000, 5000, 5000, 5000,
    ]);
    expect(await delays({ IntervalSeconds: 2, BackoffRate: 1 }, 3)).toEqual([2000, 2000, 2000]);
  });

  test("full jitter takes a random part of the delay", async () => {
    expect(await delays({ IntervalSeconds: 4, JitterStrategy: "FULL" }, 2)).toEqual([2000, 4000]);
  });

  test("MaxAttempts counts the tries after the first; 0 means never", async () => {
    expect(await delays({ MaxAttempts: 2 }, 5)).toHaveLength(2);
    expect(await delays({ MaxAttempts: 0 }, 5)).toHaveLength(0);
  });

  test("each Retrier counts for itself, and RetryCount counts all", async () => {
    const counts: unknown[] = [];
    const fail = failing("Busy", "Lost", "Busy", "Lost");
    const shop = openShop({
      build: (count) => {
        counts.push(count);
        return fail();
      },
    });
    const Retry = [
      { ErrorEquals: ["Busy"], MaxAttempts: 2 },
      { ErrorEquals: ["States.ALL"], MaxAttempts: 2 },
    ];
    const Arguments = { FunctionName: "build", Payload: "{% $states.context.State.RetryCount %}" };
    expect(await shop.run({ build: task("build", { Retry, Arguments }) })).toMatchObject({ output: "done" });
    expect(counts).toEqual([0, 1, 2, 3, 4]);
  });

  test("the state is entered once, each try is scheduled", async () => {
    const shop = openShop({ build: failing("Busy") });
    const ended = await shop.run({ build: task("build", { Retry: [{ ErrorEquals: ["States.TaskFailed"] }] }) });
    expect(ended.types).toEqual([
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskFailed",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
    ]);
  });
});

describe("Catch", () => {
  const calm = { Type: "Pass", Output: { input: "{% $states.input %}", kept: "{% $kept %}" }, End: true };

  test("Output and Assign see input and error", async () => {
    const shop = openShop({ build: failing("Busy") });
    const Catch = [
      { ErrorEquals: ["Other"], Next: "calm" },
      {
        ErrorEquals: ["Busy"],
        Assign: { kept: "{% $states.errorOutput.Error %}" },
        Output: "{% $states.input.item %}",
        Next: "calm",
      },
    ];
    const ended = await shop.run({ build: task("build", { Catch }), calm }, { input: { item: "chair" } });
    expect(ended.output).toEqual({ input: "chair", kept: "Busy" });
  });

  test("comes after Retry", async () => {
    const shop = openShop({ build: failing("Busy", "Busy", "Busy") });
    const Retry = [{ ErrorEquals: ["Busy"], MaxAttempts: 1, IntervalSeconds: 7 }];
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "end" }];
    const ended = await shop.run({ build: task("build", { Retry, Catch }), end: { Type: "Succeed" } });
    expect(ended).toMatchObject({ output: { Error: "Busy" }, milliseconds: 7000 });
  });

  test("States.TaskFailed takes everything but a timeout; an evaluation can be caught", async () => {
    const shop = openShop({ build: () => new Promise(() => {}) });
    const Catch = [{ ErrorEquals: ["States.TaskFailed"], Next: "end" }];
    const states = (fields: object) => ({ build: task("build", { Catch, ...fields }), end: { Type: "Succeed" } });
    expect(await shop.run(states({ TimeoutSeconds: 1 }))).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    const undefinedArguments = { FunctionName: "build", Payload: "{% $nothing %}" };
    expect(await shop.run(states({ Arguments: undefinedArguments }))).toMatchObject({
      output: { Error: "States.QueryEvaluationError" },
    });
  });
});
