import { expect, test } from "vitest";
import { createEventBus } from "../../../local/events/event-bus.ts";
import { createManualClock } from "../manual-clock.ts";

const FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:mail";

function createBus(send: (arn: string, event: string) => Promise<void> | void = () => {}) {
  const clock = createManualClock();
  const sent: { arn: string; event: { detail: unknown; id: string } }[] = [];
  let count = 0;
  const bus = createEventBus({
    clock,
    region: "eu-west-1",
    accountId: "000000000000",
    randomId: () => `event-${++count}`,
    send: async (arn, event) => {
      await send(arn, event);
      sent.push({ arn, event: JSON.parse(event) });
    },
  });
  const call = (operation: string, input: object): Promise<object> =>
    bus.service.operations[operation]?.(input) ?? Promise.reject(new Error(operation));
  const put = (EventBusName: string, detail: object) =>
    call("PutEvents", {
      Entries: [
        { EventBusName, Source: "shop", DetailType: "Order", Detail: JSON.stringify(detail), Resources: ["tea"] },
      ],
    });
  return { clock, bus, call, put, sent };
}

test("a rule sends what matches to its targets, in AWS's envelope", async () => {
  const { call, put, sent, clock } = createBus();
  await call("CreateEventBus", { Name: "shop" });
  await call("PutRule", { Name: "paid", EventBusName: "shop", EventPattern: '{"detail":{"status":["paid"]}}' });
  await call("PutTargets", {
    Rule: "paid",
    EventBusName: "shop",
    Targets: [
      { Id: "mail", Arn: FUNCTION },
      { Id: "fixed", Arn: `${FUNCTION}2`, Input: '{"detail":"fixed"}' },
    ],
  });
  expect(await put("shop", { status: "paid" })).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: "event-1" }] });
  await put("shop", { status: "open" });
  await put("default", { status: "paid" });
  await put("arn:aws:events:eu-west-1:000000000000:event-bus/shop", { status: "paid" });
  await clock.advance(0);
  expect(sent.filter(({ arn }) => arn === FUNCTION).map(({ event }) => event.id)).toEqual(["event-1", "event-4"]);
  expect(sent[0]?.event).toEqual({
    version: "0",
    id: "event-1",
    "detail-type": "Order",
    source: "shop",
    account: "000000000000",
    time: "2026-11-21T12:00:00Z",
    region: "eu-west-1",
    resources: ["tea"],
    detail: { status: "paid" },
  });
  expect(sent[1]?.event).toEqual({ detail: "fixed" });
});

test("a target that refuses is tried again, with growing waits; stop forgets it", async () => {
  let refusals = 0;
  const { call, put, sent, clock, bus } = createBus(() => {
    if (refusals++ < 3) throw new Error("throttled");
  });
  await call("PutRule", { Name: "all", EventPattern: '{"source":["shop"]}' });
  await call("PutTargets", { Rule: "all", Targets: [{ Id: "mail", Arn: FUNCTION }] });
  await put("default", { n: 1 });
  await clock.advance(6_999);
  expect(sent).toHaveLength(0);
  await clock.advance(1);
  expect(sent).toHaveLength(1);
  refusals = 0;
  await put("default", { n: 2 });
  await clock.advance(0);
  expect(clock.pending).toBe(1);
  await bus.stop();
  expect(clock.pending).toBe(0);
});

test("a retry policy ends the tries", async () => {
  let calls = 0;
  const { call, put, clock } = createBus(() => {
    calls++;
    throw new Error("gone");
  });
  await call("PutRule", { Name: "all", EventPattern: '{"source":["shop"]}' });
  const RetryPolicy = { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 };
  await call("PutTargets", { Rule: "all", Targets: [{ Id: "mail", Arn: FUNCTION, RetryPolicy }] });
  await put("default", {});
  await clock.advance(600_000);
  expect([calls, clock.pending]).toEqual([3, 0]);
});

test("rules are disabled, enabled, listed and deleted", async () => {
  const { call, put, sent, clock } = createBus();
  await call("PutRule", { Name: "all", EventPattern: '{"source":["shop"]}', State: "DISABLED" });
  await call("PutTargets", { Rule: "all", Targets: [{ Id: "mail", Arn: FUNCTION }] });
  await put("default", {});
  await call("EnableRule", { Name: "all" });
  await put("default", { n: 2 });
  await clock.advance(0);
  expect(sent.map(({ event }) => event.detail)).toEqual([{ n: 2 }]);
  expect(await call("ListTargetsByRule", { Rule: "all" })).toEqual({ Targets: [{ Id: "mail", Arn: FUNCTION }] });
  expect(await call("ListRules", {})).toMatchObject({ Rules: [{ Name: "all", State: "ENABLED" }] });
  await expect(call("DeleteRule", { Name: "all" })).rejects.toThrow("since it has targets");
  await call("RemoveTargets", { Rule: "all", Ids: ["mail"] });
  await call("DeleteRule", { Name: "all" });
  await expect(call("DescribeRule", { Name: "all" })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("listeners hear until they stop listening, and cannot change what others hear", async () => {
  const { bus, put, clock } = createBus();
  const heard: unknown[] = [];
  bus.listen("default", '{"source":["shop"]}', (event) => Object.assign(event, { detail: "changed" }));
  const unlisten = bus.listen("default", '{"source":["shop"]}', (event) => heard.push(event.detail));
  await put("default", { n: 1 });
  await clock.advance(0);
  unlisten();
  await put("default", { n: 2 });
  await clock.advance(0);
  expect(heard).toEqual([{ n: 1 }]);
});

test("events of AWS itself come only from inside", async () => {
  const { bus, call, clock } = createBus();
  const heard: string[] = [];
  bus.listen("default", '{"source":["aws.states"]}', (event) => heard.push(event["detail-type"]));
  const entry = { Source: "aws.states", DetailType: "forged", Detail: "{}" };
  expect(await call("PutEvents", { Entries: [entry] })).toMatchObject({
    Entries: [{ ErrorCode: "NotAuthorizedForSourceException" }],
  });
  bus.publish({ source: "aws.states", "detail-type": "Step Functions Execution Status Change", detail: {} });
  await clock.advance(0);
  expect(heard).toEqual(["Step Functions Execution Status Change"]);
});

test.each([
  [{}, "Parameter Source is not valid"],
  [{ Source: "shop", DetailType: "Order" }, "Parameter Detail is not valid"],
  [{ Source: "shop", DetailType: "Order", Detail: "{" }, "Detail is malformed"],
  [{ Source: "shop", DetailType: "Order", Detail: "{}", EventBusName: "none" }, "Event bus none does not exist"],
  [{ Source: "shop", DetailType: "Order", Detail: `{"x":"${"x".repeat(262_144)}"}` }, "the limit is 262144"],
])("entry %# is not taken", async (entry, message) => {
  const { call } = createBus();
  expect(await call("PutEvents", { Entries: [entry] })).toEqual({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode: expect.any(String), ErrorMessage: expect.stringContaining(message) }],
  });
});

test("what is not supported says so", async () => {
  const { call } = createBus();
  await expect(call("PutRule", { Name: "tick", ScheduleExpression: "rate(1 minute)", EventPattern: '{"a":[1]}' }))
    .rejects //
    .toThrow("not supported here: ScheduleExpression");
  await call("PutRule", { Name: "all", EventPattern: '{"a":[1]}' });
  const target = {
    Id: "1",
    Arn: FUNCTION,
    InputTransformer: { InputPathsMap: { a: "$.detail.a" }, InputTemplate: "x" },
  };
  await expect(call("PutTargets", { Rule: "all", Targets: [target] })).rejects.toThrow("Targets[0].InputTransformer");
  expect(await call("TestEventPattern", { EventPattern: '{"a":[1]}', Event: '{"a":1}' })).toEqual({ Result: true });
});
