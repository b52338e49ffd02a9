import { describe, expect, test } from "vitest";
import { openShop, ROLE, type Shop } from "../shop.ts";

const DRY = { QueryLanguage: "JSONata", StartAt: "dry", States: { dry: { Type: "Wait", Seconds: 60, End: true } } };

async function createMachine(shop: Shop, name = "shop"): Promise<unknown> {
  const answer = await shop.call("CreateStateMachine", { name, roleArn: ROLE, definition: JSON.stringify(DRY) });
  return answer["stateMachineArn"];
}

describe("StartExecution", () => {
  test("is idempotent by name while it runs with the same input", async () => {
    const shop = openShop();
    const start = { stateMachineArn: await createMachine(shop), name: "order-1", input: '{"item":"chair"}' };
    const first = await shop.call("StartExecution", start);
    expect(first["executionArn"]).toBe("arn:aws:states:eu-central-1:123456789012:execution:shop:order-1");
    expect(await shop.call("StartExecution", start)).toEqual(first);
    const already = { name: "ExecutionAlreadyExists" };
    await expect(shop.call("StartExecution", { ...start, input: "{}" })).rejects.toMatchObject(already);
    await shop.finish(String(first["executionArn"]));
    await expect(shop.call("StartExecution", start)).rejects.toMatchObject(already);
  });

  test("refuses what it cannot start", async () => {
    const shop = openShop();
    const stateMachineArn = await createMachine(shop);
    const refusals = [
      [{ stateMachineArn, input: "chair" }, "InvalidExecutionInput"],
      [{ stateMachineArn, input: JSON.stringify("x".repeat(262_144)) }, "ValidationException"],
      [{ stateMachineArn, name: "a b" }, "InvalidName"],
      [{ stateMachineArn: `${stateMachineArn}s` }, "StateMachineDoesNotExist"],
      [{ stateMachineArn: "shop" }, "InvalidArn"],
      [{ stateMachineArn, colour: "red" }, "ValidationException"],
    ] as const;
    for (const [input, name] of refusals) {
      await expect(shop.call("StartExecution", input)).rejects.toMatchObject({ name });
    }
  });
});

test("StopExecution ends what runs and leaves what has ended", async () => {
  const shop = openShop();
  const executionArn = await shop.start(DRY.States);
  const { stopDate } = await shop.call("StopExecution", { executionArn, error: "Closed", cause: "holiday" });
  await shop.clock.advance(5000);
  expect(await shop.call("StopExecution", { executionArn })).toEqual({ stopDate });
  const ended = await shop.finish(executionArn);
  expect(ended).toMatchObject({ status: "ABORTED", error: "Closed", cause: "holiday" });
  expect(ended.events.at(-1)).toMatchObject({
    type: "ExecutionAborted",
    executionAbortedEventDetails: { error: "Closed" },
  });
  expect(shop.clock.pending()).toBe(0);
});

test("each start and each end is told, with dates in milliseconds", async () => {
  const shop = openShop();
  const executionArn = await shop.start(DRY.States, { input: { item: "chair" } });
  await shop.finish(executionArn);
  const startDate = Date.UTC(2026, 0, 1);
  const common = {
    executionArn,
    startDate,
    input: '{"item":"chair"}',
    inputDetails: { included: true },
    error: null,
    cause: null,
  };
  expect(shop.changes).toMatchObject([
    { ...common, status: "RUNNING", stopDate: null, output: null, outputDetails: null },
    {
      ...common,
      status: "SUCCEEDED",
      stopDate: startDate + 60_000,
      output: '{"item":"chair"}',
      outputDetails: { included: true },
    },
  ]);
});

test("input and output stay away from the event when they are too large for it", async () => {
  const shop = openShop();
  await shop.run({ done: { Type: "Succeed", Output: "{}" } }, { input: "x".repeat(250 * 1024) });
  expect(shop.changes.at(-1)).toMatchObject({ input: null, inputDetails: { included: false }, output: null });
});

test("GetExecutionHistory in pages, backwards, and without data", async () => {
  const shop = openShop();
  const executionArn = await shop.start({ a: { Type: "Pass", Next: "b" }, b: { Type: "Succeed" } });
  const collect = async (options: object): Promise<readonly number[]> => {
    const ids: number[] = [];
    let nextToken: unknown;
    do {
      const page = await shop.call("GetExecutionHistory", { executionArn, maxResults: 2, nextToken, ...options });
      ids.push(...(page["events"] as { id: number }[]).map(({ id }) => id));
      nextToken = page["nextToken"];
    } while (nextToken !== undefined);
    return ids;
  };
  expect(await collect({})).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await collect({ reverseOrder: true })).toEqual([6, 5, 4, 3, 2, 1]);
  const { events } = await shop.call("GetExecutionHistory", { executionArn, includeExecutionData: false });
  expect(JSON.stringify(events)).not.toContain('"input":');
});

test("ListExecutions: the newest first, by status, in pages", async () => {
  const shop = openShop();
  const stateMachineArn = await createMachine(shop);
  for (const name of ["one", "two", "three"]) await shop.call("StartExecution", { stateMachineArn, name });
  await shop.call("StopExecution", {
    executionArn: "arn:aws:states:eu-central-1:123456789012:execution:shop:two",
  });
  const list = async (options: object) => {
    const answer = await shop.call("ListExecutions", { stateMachineArn, ...options });
    return {
      names: (answer["executions"] as { name: string }[]).map(({ name }) => name),
      nextToken: answer["nextToken"],
    };
  };
  expect((await list({})).names).toEqual(["three", "two", "one"]);
  expect((await list({ statusFilter: "ABORTED" })).names).toEqual(["two"]);
  const { names, nextToken } = await list({ maxResults: 2 });
  expect(names).toEqual(["three", "two"]);
  expect(await list({ maxResults: 2, nextToken })).toEqual({ names: ["one"], nextToken: undefined });
});
