import { expect, test } from "vitest";
import { executionArnOf, isRunId, newRunId, runIdOf } from "../../../functions/runs/run-id.ts";

test("a run id sorts by time and ends at random", () => {
  const clock = { now: () => Date.parse("2026-03-04T05:06:07.890Z") };
  expect(newRunId({ clock, random: (bytes) => new Uint8Array(bytes).map((_, index) => index * 31) })).toMatch(
    /^20260304-050607-[a-z2-7]{6}$/,
  );
});

const ARN = "arn:aws:states:eu-central-1:123456789012:execution:shop:";

test.each([
  ["20260304-050607-abcdef", "20260304-050607-abcdef"],
  ["2f1e7f1c-8a9d-4c8e-b5a3-000000000000", "2f1e7f1c-8a9d-4c8e-b5a3-000000000000"],
])("the name %s is the run id", (name, runId) => {
  expect(runIdOf(ARN + name)).toBe(runId);
});

test.each(["发布 42", "a.b", "x".repeat(80)])(
  "the name %s becomes an id that can stand in keys, always the same",
  (name) => {
    const runId = runIdOf(ARN + name);
    expect(isRunId(runId)).toBe(true);
    expect(runIdOf(ARN + name)).toBe(runId);
    expect(runIdOf(`${ARN}${name}x`)).not.toBe(runId);
  },
);

test("the ARN of an execution does not name the machine's version", () => {
  const machine = "arn:aws:states:eu-central-1:123456789012:stateMachine:shop";
  expect(executionArnOf(machine, "r1")).toBe(`${ARN}r1`);
  expect(executionArnOf(`${machine}:3`, "r1")).toBe(`${ARN}r1`);
});
