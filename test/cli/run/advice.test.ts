import { expect, test } from "vitest";
import { adviceFor, type FailedAction } from "../../../cli/run/advice.ts";

const failed = (exitCode: number): FailedAction => ({
  status: "failed",
  error: { name: "Sluice.ActionFailed", message: "It failed.", exitCode, logTail: ["it failed"] },
  place: "pipeline.yaml:9",
  attempts: 1,
});

const said = (logTail: string[]): FailedAction => {
  const action = failed(2);
  return { ...action, ...(action.error && { error: { ...action.error, logTail } }) };
};
const missing: FailedAction["error"] = {
  name: "Sluice.ActionFailed",
  message: "It failed.",
  exitCode: 1,
  logTail: ["cat: notes: No such file or directory"],
  analysis: { kind: "missing-file", summary: "Missing file", lines: [] },
};

test.each([
  ["exit code 1", failed(1), /^Read the log, mend the action at pipeline\.yaml:9/],
  ["exit code 127", failed(127), /^A command was not found/],
  ["exit code 137", failed(137), /memory/],
  ["an empty log", said([]), /^It printed nothing/],
  ["words of bash", said(["s: 2: [[: not found"]), /"shell: bash"/],
  ["an option of bash", said(["s: 1: set: Illegal option -o pipefail"]), /"shell: bash"/],
  ["a missing file", { ...said(["x"]), error: missing }, /empty directory of its own/],
  ["timedOut", { ...failed(143), status: "timedOut" }, /^Raise "timeout" of the action at/],
  ["timedOut after tries", { ...failed(143), status: "timedOut", attempts: 3 }, /covers all its tries/],
  ["no exit code", { ...failed(1), error: undefined }, /^See the message/],
] as const)("%s", (_name, action, advice) => expect(adviceFor(action)).toMatch(advice));
