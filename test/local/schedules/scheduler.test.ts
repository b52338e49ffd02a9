import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { describe, expect, test } from "vitest";
import { createScheduler } from "../../../local/schedules/scheduler.ts";
import { answerSchedulerProtocol } from "../../../local/schedules/scheduler-protocol.ts";
import { createInProcessHandler } from "../../../local/wire/in-process-handler.ts";
import { createManualClock } from "../manual-clock.ts";

const MINUTE = 60_000;
const TARGET = {
  Arn: "arn:aws:lambda:us-east-1:000000000000:function:nightly",
  RoleArn: "arn:aws:iam::000000000000:role/schedules",
  Input: '{"at": "<aws.scheduler.scheduled-time>", "by": "<aws.scheduler.schedule-arn>"}',
};
const NIGHTLY = {
  Name: "nightly",
  GroupName: "shop",
  ScheduleExpression: "rate(5 minutes)",
  FlexibleTimeWindow: { Mode: "OFF" },
  Target: TARGET,
} as const;

async function open() {
  const clock = createManualClock(Date.UTC(2026, 0, 15, 12, 0, 30));
  const calls: string[] = [];
  const failures: unknown[] = [];
  const state = { isDown: false };
  const scheduler = createScheduler({
    clock,
    region: "us-east-1",
    accountId: "000000000000",
    randomId: () => "execution",
    invoke: (_arn, payload) => {
      if (state.isDown) throw new Error("no such function");
      calls.push(JSON.parse(payload).at);
    },
    onFailure: (schedule, error) => failures.push([schedule, String(error)]),
  });
  const client = new SchedulerClient({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDSHOP", secretAccessKey: "shop" },
    maxAttempts: 1,
    requestHandler: createInProcessHandler((request) => answerSchedulerProtocol(scheduler, request)),
  });
  await client.send(new CreateScheduleGroupCommand({ Name: "shop" }));
  return { calls, clock, client, failures, scheduler, state };
}

describe("over the SDK's client", () => {
  test("schedules are made, described, listed, changed and deleted", async () => {
    const { client } = await open();
    const created = await client.send(new CreateScheduleCommand(NIGHTLY));
    expect(created.ScheduleArn).toBe("arn:aws:scheduler:us-east-1:000000000000:schedule/shop/nightly");
    expect(await client.send(new GetScheduleCommand({ Name: "nightly", GroupName: "shop" }))).toMatchObject({
      Name: "nightly",
      GroupName: "shop",
      ScheduleExpression: "rate(5 minutes)",
      ScheduleExpressionTimezone: "UTC",
      State: "ENABLED",
      Target: { ...TARGET, RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } },
      CreationDate: new Date("2026-01-15T12:00:30Z"),
    });
    await client.send(
      new CreateScheduleCommand({ ...NIGHTLY, Name: "other", GroupName: "default", State: "DISABLED" }),
    );
    const listed = await client.send(new ListSchedulesCommand({ GroupName: "shop", NamePrefix: "night" }));
    expect(listed.Schedules?.map(({ Name }) => Name)).toEqual(["nightly"]);
    const first = await client.send(new ListSchedulesCommand({ MaxResults: 1 }));
    expect(first.Schedules?.map(({ Name }) => Name)).toEqual(["other"]);
    const { NextToken } = first;
    const second = await client.send(new ListSchedulesCommand({ NextToken }));
    expect(second.Schedules?.map(({ Name }) => Name)).toEqual(["nightly"]);
    expect((await client.send(new ListSchedulesCommand({ State: "DISABLED" }))).Schedules).toHaveLength(1);
    const DeadLetterConfig = { Arn: "arn:aws:sqs:us-east-1:000000000000:letters" };
    const RetryPolicy = { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60 };
    await client.send(new UpdateScheduleCommand({ ...NIGHTLY, Target: { ...TARGET, DeadLetterConfig, RetryPolicy } }));
    expect((await client.send(new GetScheduleCommand({ Name: "nightly", GroupName: "shop" }))).Target).toMatchObject({
      DeadLetterConfig,
      RetryPolicy,
    });
    await client.send(new DeleteScheduleCommand({ Name: "nightly", GroupName: "shop" }));
    await expect(client.send(new GetScheduleCommand({ Name: "nightly", GroupName: "shop" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      $metadata: { httpStatusCode: 404 },
    });
  });

  test.each([
    [{ ScheduleExpression: "rate(5)" }, "Invalid Schedule Expression rate(5)."],
    [{ ScheduleExpressionTimezone: "Mars/Base" }, "Invalid ScheduleExpressionTimezone."],
    [{ FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 5 } }, "not supported here"],
    [{ FlexibleTimeWindow: { Mode: "FLEXIBLE" } }, "must be OFF here"],
    [{ Target: { ...TARGET, Arn: "arn:aws:states:us-east-1:000000000000:stateMachine:x" } }, "must be a function here"],
    [{ StartDate: new Date() }, "not supported here: StartDate"],
    [{ Name: "night ly" }, "is no Name"],
    [{ GroupName: "none" }, "Schedule group none does not exist."],
  ])("%o is refused", async (change, message) => {
    const { client } = await open();
    await expect(client.send(new CreateScheduleCommand({ ...NIGHTLY, ...change } as typeof NIGHTLY))).rejects.toThrow(
      message,
    );
  });

  test("nothing is made twice, and nothing that is not there is changed", async () => {
    const { client } = await open();
    await client.send(new CreateScheduleCommand(NIGHTLY));
    await expect(client.send(new CreateScheduleCommand(NIGHTLY))).rejects.toMatchObject({ name: "ConflictException" });
    await expect(client.send(new CreateScheduleGroupCommand({ Name: "shop" }))).rejects.toMatchObject({
      name: "ConflictException",
    });
    const missing = { ...NIGHTLY, Name: "missing" };
    await expect(client.send(new UpdateScheduleCommand(missing))).rejects.toThrow("Schedule missing does not exist.");
  });
});

describe("by the clock", () => {
  test("a rate comes at once, and then at its distance; the same settings again do not move it", async () => {
    const { calls, client, clock } = await open();
    await client.send(new CreateScheduleCommand(NIGHTLY));
    await clock.advance(4 * MINUTE);
    await client.send(new UpdateScheduleCommand(NIGHTLY));
    await clock.advance(4 * MINUTE);
    expect(calls).toEqual(["2026-01-15T12:00:30Z", "2026-01-15T12:05:30Z"]);
  });

  test("a cron comes at its times, not when it is disabled, deleted or everything has stopped", async () => {
    const { calls, client, clock, scheduler } = await open();
    const cron = { ...NIGHTLY, ScheduleExpression: "cron(0/2 * * * ? *)" };
    await client.send(new CreateScheduleCommand(cron));
    await clock.advance(4 * MINUTE);
    expect(calls).toEqual(["2026-01-15T12:02:00Z", "2026-01-15T12:04:00Z"]);
    await client.send(new UpdateScheduleCommand({ ...cron, State: "DISABLED" }));
    await clock.advance(4 * MINUTE);
    expect(calls).toHaveLength(2);
    await client.send(new UpdateScheduleCommand(cron));
    await clock.advance(2 * MINUTE);
    expect(calls.slice(2)).toEqual(["2026-01-15T12:10:00Z"]);
    await client.send(new DeleteScheduleCommand({ Name: "nightly", GroupName: "shop" }));
    expect(clock.pending).toBe(0);
    await client.send(new CreateScheduleCommand(cron));
    scheduler.stop();
    expect(clock.pending).toBe(0);
  });

  test("a machine that slept leaves out what has passed", async () => {
    let now = Date.UTC(2026, 0, 15, 12);
    let wake = () => {};
    const calls: string[] = [];
    const scheduler = createScheduler({
      clock: {
        now: () => now,
        schedule: (_milliseconds, callback) => {
          wake = callback;
          return () => {};
        },
      },
      region: "us-east-1",
      accountId: "000000000000",
      randomId: () => "execution",
      invoke: (_arn, payload) => calls.push(JSON.parse(payload).at),
      onFailure: () => {},
    });
    for (const [Name, ScheduleExpression] of [
      ["cron", "cron(* * * * ? *)"],
      ["rate", "rate(10 minutes)"],
    ]) {
      await scheduler.operations["CreateSchedule"]?.({ ...NIGHTLY, Name, GroupName: "default", ScheduleExpression });
    }
    wake();
    expect(calls).toEqual(["2026-01-15T12:00:00Z"]);
    now += 8 * 60 * MINUTE + 30_000;
    wake();
    expect(calls.slice(1)).toEqual([]);
    now += 30_000;
    wake();
    // One of each schedule.
    expect(calls.slice(1)).toEqual(["2026-01-15T20:00:00Z", "2026-01-15T20:00:00Z"]);
  });

  test("a function that cannot be called is told of, and the next time comes all the same", async () => {
    const { calls, client, clock, failures, state } = await open();
    state.isDown = true;
    await client.send(new CreateScheduleCommand(NIGHTLY));
    await clock.advance(MINUTE);
    expect(failures).toEqual([
      ["arn:aws:scheduler:us-east-1:000000000000:schedule/shop/nightly", "Error: no such function"],
    ]);
    state.isDown = false;
    await clock.advance(5 * MINUTE);
    expect(calls).toEqual(["2026-01-15T12:05:30Z"]);
  });
});

test("what is no operation, or no JSON, is refused in the protocol's words", async () => {
  const { scheduler } = await open();
  const ask = async (method: string, path: string, text = "") => {
    const body = (async function* () {
      yield Buffer.from(text);
    })();
    const request = { method, path, query: [], headers: {}, body, trusted: true };
    const answer = await answerSchedulerProtocol(scheduler, request);
    return [answer.statusCode, answer.headers["x-amzn-errortype"]];
  };
  expect(await ask("GET", "/tags/x")).toEqual([404, "UnknownOperationException"]);
  expect(await ask("POST", "/schedules/x", "no JSON")).toEqual([400, "SerializationException"]);
  expect(await ask("POST", "/schedules/x", "1")).toEqual([400, "SerializationException"]);
  expect(await ask("POST", "/schedules/x", "x".repeat(600_000))).toEqual([413, "RequestEntityTooLargeException"]);
});
