import { describe, expect, test } from "vitest";
import { openShop } from "../shop.ts";

describe("Pass", () => {
  test("passes its input through or puts out something else", async () => {
    const shop = openShop();
    const ended = await shop.run(
      {
        label: { Type: "Pass", Next: "price" },
        price: { Type: "Pass", Output: { item: "{% $states.input.item %}", tags: ["new", "{% 1 + 1 %}"] }, End: true },
      },
      { input: { item: "chair", weight: 3 } },
    );
    expect(ended.output).toEqual({ item: "chair", tags: ["new", 2] });
    expect(ended.types).toEqual(["PassStateEntered", "PassStateExited", "PassStateEntered", "PassStateExited"]);
    expect(ended.events.map(({ previousEventId }) => previousEventId)).toEqual([0, 0, 2, 3, 4, 5]);
  });

  test("an expression that answers nothing is an error with its field", async () => {
    const ended = await openShop().run({
      price: { Type: "Pass", Output: { total: "{% $states.input.total %}" }, End: true },
    });
    expect(ended).toMatchObject({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause:
        "An error occurred while executing the state 'price' (entered at the event id #2). The JSONata expression " +
        "'$states.input.total' specified for the field 'Output/total' returned nothing (undefined).",
    });
    expect(ended.events[2]).toMatchObject({ type: "EvaluationFailed", previousEventId: 0 });
  });
});

describe("Wait", () => {
  test("Seconds, static and by expression", async () => {
    for (const Seconds of [90, "{% $states.input.pause %}"]) {
      const ended = await openShop().run({ dry: { Type: "Wait", Seconds, End: true } }, { input: { pause: 90 } });
      expect(ended).toMatchObject({ status: "SUCCEEDED", milliseconds: 90_000, output: { pause: 90 } });
    }
  });

  test("Timestamp, also one that is past", async () => {
    const until = (Timestamp: string) => openShop().run({ dry: { Type: "Wait", Timestamp, End: true } });
    expect(await until("2026-01-01T00:01:00Z")).toMatchObject({ milliseconds: 60_000 });
    expect(await until("2026-01-01T01:00:30.5+01:00")).toMatchObject({ milliseconds: 30_500 });
    expect(await until("2016-03-14T01:59:00Z")).toMatchObject({ milliseconds: 0 });
  });

  test("a timestamp that is none", async () => {
    const Timestamp = "{% '2026-02-31T00:00:00Z' %}";
    const ended = await openShop().run({ dry: { Type: "Wait", Timestamp, End: true } });
    expect(ended.error).toBe("States.QueryEvaluationError");
    expect(ended.cause).toContain("cannot be parsed as an ISO-8601 extended offset date-time format string");
  });
});

describe("Choice", () => {
  const states = {
    size: {
      Type: "Choice",
      Choices: [
        {
          Condition: "{% $states.input.weight > 50 %}",
          Next: "truck",
          Output: "by truck",
          Assign: { vehicle: "truck" },
        },
        { Condition: "{% $states.input.weight > 5 %}", Next: "van" },
      ],
      Default: "bike",
      Output: "by bike",
    },
    truck: { Type: "Pass", Output: "{% $vehicle & ', ' & $states.input %}", End: true },
    van: { Type: "Succeed" },
    bike: { Type: "Succeed" },
  };

  test("leaves by the first rule that is true, with that rule's Output and Assign", async () => {
    const outputs = [];
    for (const weight of [60, 6, 1]) outputs.push((await openShop().run(states, { input: { weight } })).output);
    expect(outputs).toEqual(["truck, by truck", { weight: 6 }, "by bike"]);
  });

  test("without a match and without Default it is States.NoChoiceMatched", async () => {
    const { Default: _, ...size } = states.size;
    const ended = await openShop().run(
      { ...states, size, van: { Type: "Pass", Next: "bike" } },
      { input: { weight: 1 } },
    );
    expect(ended.error).toBe("States.NoChoiceMatched");
  });

  test("a condition has to be a boolean", async () => {
    const ended = await openShop().run(states, { input: { weight: "heavy" } });
    expect(ended.error).toBe("States.QueryEvaluationError");
  });
});

test("Succeed ends with its Output", async () => {
  const ended = await openShop().run(
    { done: { Type: "Succeed", Output: "{% $uppercase($states.input) %}" } },
    { input: "sold" },
  );
  expect(ended).toMatchObject({ output: "SOLD", types: ["SucceedStateEntered", "SucceedStateExited"] });
});

test("Fail ends with Error and Cause, also by expression", async () => {
  const ended = await openShop().run(
    { broken: { Type: "Fail", Error: "Broken", Cause: "{% $states.input.why %}" } },
    { input: { why: "rain" } },
  );
  expect(ended).toMatchObject({ status: "FAILED", error: "Broken", cause: "rain", types: ["FailStateEntered"] });
});
