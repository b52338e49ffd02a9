import { expect, test } from "vitest";
import { adviceFor, type FailedAction } from "../../../cli/run/advice.ts";

const failed = (exitCode: number): FailedAction => ({
  status: "failed",
  error: { name: "Sluice.ActionFailed", message: "It failed.", exitCode },
  place: "pipeline.yaml:9",
  attempts: 1,
});

test.each([
  ["exit code 1", failed(1), /^Read the log, mend the action at pipeline\.yaml:9/],
  ["exit code 127", failed(127), /^A command was not found/],
  ["exit code 137", failed(137), /memory/],
  ["timedOut", { ...failed(143), status: "timedOut" }, /^Raise "timeout" of the action at/],
  ["timedOut after tries", { ...failed(143), status: "timedOut", attempts: 3 }, /covers all its tries/],
  ["no exit code", { ...failed(1), error: undefined }, /^See the message/],
] as const)("%s", (_name, action, advice) => expect(adviceFor(action)).toMatch(advice));
