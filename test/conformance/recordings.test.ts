import { describe, expect, test } from "vitest";
import { hasRecordings, RECORDINGS, type Recording, readRecordings } from "./recording.ts";
import { runRecording } from "./run-recording.ts";

/** What agreed with AWS when this was written: it does not become less. */
const AGREEING = { pure: 65, lambda: 12 } as const;

/** A recording in the corpus's form, for checkouts that have none beside them. */
const OWN: Recording = {
  id: "shop",
  kind: "pure",
  queryLanguage: "JSONata",
  definition: {
    QueryLanguage: "JSONata",
    StartAt: "sell",
    States: { sell: { Type: "Succeed", Output: "{% $states.input.item %}" } },
  },
  input: '{"item":"chair"}',
  lambdas: {},
  events: [
    {
      type: "ExecutionStarted",
      id: 1,
      previousEventId: 0,
      executionStartedEventDetails: {
        input: { item: "chair" },
        inputDetails: { truncated: false },
        roleArn: "snf_role_arn",
      },
    },
    {
      type: "SucceedStateEntered",
      id: 2,
      previousEventId: 0,
      stateEnteredEventDetails: { name: "sell", input: { item: "chair" }, inputDetails: { truncated: false } },
    },
    {
      type: "SucceedStateExited",
      id: 3,
      previousEventId: 2,
      stateExitedEventDetails: { name: "sell", output: '"chair"', outputDetails: { truncated: false } },
    },
    {
      type: "ExecutionSucceeded",
      id: 4,
      previousEventId: 3,
      executionSucceededEventDetails: { output: '"chair"', outputDetails: { truncated: false } },
    },
  ],
};

describe("the harness", () => {
  test("finds no difference in the same history", async () => {
    expect(await runRecording(OWN)).toBeUndefined();
  });

  test("finds another output, and an event more or less", async () => {
    expect(await runRecording({ ...OWN, input: '{"item":"table"}' })).toContain('AWS has "chair", we have "table"');
    expect(await runRecording({ ...OWN, events: OWN.events.slice(0, 3) })).toBe(
      "has the event ExecutionSucceeded (4) too many",
    );
    expect(await runRecording({ ...OWN, events: [...OWN.events, ...OWN.events.slice(3)] })).toBe(
      "lacks the event ExecutionSucceeded (4)",
    );
  });
});

test("agrees with the recordings of AWS in JSONata", async () => {
  if (!hasRecordings()) {
    process.stdout.write("No recordings of AWS beside this checkout: only the harness was tested.\n");
    return;
  }
  const agreeing = { pure: 0, lambda: 0 };
  for (const recording of readRecordings(RECORDINGS)) {
    if (recording.queryLanguage !== "JSONata" || recording.kind === "service") continue;
    const difference = await runRecording(recording);
    if (difference === undefined) agreeing[recording.kind]++;
    // Whatever needs no JSONPath agrees, without exception.
    else expect(difference, recording.id).toMatch(/^JSONPath not supported yet/);
  }
  expect(agreeing.pure).toBeGreaterThanOrEqual(AGREEING.pure);
  expect(agreeing.lambda).toBeGreaterThanOrEqual(AGREEING.lambda);
});
