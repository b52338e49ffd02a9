import { expect, test } from "vitest";
import { openShop } from "../shop.ts";

test("an output above 256 KiB is States.DataLimitExceeded", async () => {
  const Output = "{% $pad('x', 262144) %}";
  const ended = await openShop().run({ label: { Type: "Pass", Output, End: true } });
  expect(ended).toMatchObject({
    error: "States.DataLimitExceeded",
    cause: "The state/task 'label' returned a result with a size exceeding the maximum number of bytes service limit.",
  });
});

test("variables together may have 10 MiB", async () => {
  const Assign = Object.fromEntries(Array.from({ length: 42 }, (_, index) => [`v${index}`, "{% $pad('x', 262000) %}"]));
  const ended = await openShop().run({ remember: { Type: "Pass", Assign, End: true } });
  expect(ended.error).toBe("States.DataLimitExceeded");
});

test("an execution ends at 25,000 events", async () => {
  const shop = openShop();
  const executionArn = await shop.start({
    round: { Type: "Pass", Next: "again" },
    again: { Type: "Pass", Next: "round" },
  });
  const { error, cause } = await shop.call("DescribeExecution", { executionArn });
  expect({ error, cause }).toEqual({
    error: "States.Runtime",
    cause: "The execution reached the maximum number of history events (25000).",
  });
  const { events } = await shop.call("GetExecutionHistory", { executionArn, reverseOrder: true, maxResults: 1 });
  expect(events).toMatchObject([{ id: 25_000, type: "ExecutionFailed" }]);
});

test("the machine's TimeoutSeconds end the execution", async () => {
  const ended = await openShop().run({ dry: { Type: "Wait", Seconds: 60, End: true } }, { timeoutSeconds: 10 });
  expect(ended).toMatchObject({ status: "TIMED_OUT", milliseconds: 10_000, types: ["WaitStateEntered"] });
  expect(ended.events.at(-1)?.type).toBe("ExecutionTimedOut");
});
