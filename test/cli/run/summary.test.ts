import { expect, test } from "vitest";
import { runToJson } from "../../../cli/run/run-json.ts";
import { renderSummary } from "../../../cli/run/summary.ts";
import { plainPaint } from "../../../cli/text/color.ts";
import type { ActionView, RunView } from "../../../functions/index.ts";

const BASE = { type: "custom-script", attempts: 1, outputs: {} } as const;
const actions: readonly ActionView[] = [
  { ...BASE, key: "lint", alias: "lint", stage: 0, status: "succeeded", outputs: { warnings: "3" } },
  {
    ...BASE,
    key: "unit-test-1a2b",
    alias: "unit test",
    stage: 0,
    status: "failed",
    attempts: 2,
    startedAt: "2026-11-21T13:15:22.000Z",
    endedAt: "2026-11-21T13:15:23.000Z",
    error: {
      name: "Sluice.ActionFailed",
      message: 'action "unit test" failed with exit code 7',
      exitCode: 7,
      logTail: ["counting", "expected 3, \u001b[31mgot 4"],
    },
  },
  { ...BASE, key: "deploy", alias: "deploy", stage: 1, status: "skipped", attempts: 0, reason: "unit test failed" },
];
const RUN: RunView = {
  runId: "r1",
  pipeline: "shop",
  name: "shop",
  status: "failed",
  createdAt: "2026-11-21T13:15:21.000Z",
  error: { name: "Sluice.RunFailed", cause: "unit test" },
  outputs: { version: "1.0", notes: "first\nsecond", sizes: { small: 1 } },
  actions,
};
const logFileOf = (action: ActionView) =>
  action.attempts === 0 ? undefined : `.sluice/runs/r1/logs/${action.key}.${action.attempts}.log`;
const fileOf = (actionKey: string, name: string) =>
  name.endsWith(".gz") ? undefined : `.sluice/runs/r1/files/${actionKey}/${name}`;
const OPTIONS = {
  paint: plainPaint,
  durationMs: 2140,
  declaredOutputs: ["version", "notes", "sizes"],
  placeOf: () => "pipeline.yaml:9",
  logFileOf,
  fileOf,
};

test("says what failed, why, where its log is and what to do", () => {
  expect(renderSummary(RUN, OPTIONS)).toBe(`
✗ shop failed in 2.1s: 1 succeeded, 1 failed, 1 skipped.

✗ unit test failed  custom-script, stage 1, pipeline.yaml:9
  exit code 7, 2 tries, Sluice.ActionFailed
  the last lines of its log:
    │ counting
    │ expected 3, got 4
  log:  .sluice/runs/r1/logs/unit-test-1a2b.2.log
  help: Read the log, mend the action at pipeline.yaml:9 and run again.

outputs
  version = 1.0
  notes = first … (2 lines)
  sizes = {"small":1}

outputs of actions
  lint.warnings = 3
`);
});

test("a machine that ended without a failed action says what it says", () => {
  const run: RunView = { ...RUN, actions: [], outputs: {}, error: { name: "States.Runtime", cause: "no such state" } };
  expect(renderSummary(run, { ...OPTIONS, declaredOutputs: ["digest"] })).toBe(`
✗ shop failed in 2.1s: no actions.

The state machine ended without a failed action: States.Runtime: no such state

outputs
  digest was not put out
`);
});

test("the JSON object has exactly the fields of the contract", () => {
  expect(runToJson(RUN, 2140, logFileOf, fileOf)).toEqual({
    runId: "r1",
    status: "failed",
    durationMs: 2140,
    outputs: RUN.outputs,
    actions: [
      {
        name: "lint",
        status: "succeeded",
        attempts: 1,
        outputs: { warnings: "3" },
        logFile: ".sluice/runs/r1/logs/lint.1.log",
      },
      {
        name: "unit test",
        status: "failed",
        attempts: 2,
        startedAt: "2026-11-21T13:15:22.000Z",
        endedAt: "2026-11-21T13:15:23.000Z",
        outputs: {},
        error: { name: "Sluice.ActionFailed", message: 'action "unit test" failed with exit code 7', exitCode: 7 },
        logFile: ".sluice/runs/r1/logs/unit-test-1a2b.2.log",
      },
      { name: "deploy", status: "skipped", attempts: 0, outputs: {} },
    ],
  });
});

const ANALYSIS = {
  kind: "test",
  summary: "Test failure: expected 3, got 4",
  lines: ["cart.test:7", "expected 3, \u001b[31mgot 4"],
} as const;
const FILES = [
  { name: "coverage.tar.gz", bytes: 2_621_440, objectKey: `files/${"a".repeat(64)}` },
  { name: "report.html", bytes: 1536, objectKey: `files/${"b".repeat(64)}` },
];

function withUnitTest(changes: Partial<ActionView>): RunView {
  return {
    ...RUN,
    actions: actions.map((action) => (action.key === "unit-test-1a2b" ? { ...action, ...changes } : action)),
  };
}

test("why it failed stands above the log, with the lines that the log's end does not show", () => {
  const error = { name: "Sluice.ActionFailed", message: "it failed", exitCode: 7, analysis: ANALYSIS };
  const long = renderSummary(withUnitTest({ error: { ...error, logTail: ["counting"] } }), OPTIONS);
  expect(long).toContain(`
  why:  Test failure: expected 3, got 4
    │ cart.test:7
    │ expected 3, got 4
  the last lines of its log:
    │ counting
`);
  const short = renderSummary(withUnitTest({ error: { ...error, logTail: ANALYSIS.lines } }), OPTIONS);
  expect(short).toContain(`
  why:  Test failure: expected 3, got 4
  the last lines of its log:
    │ cart.test:7
    │ expected 3, got 4
`);
  const json = runToJson(withUnitTest({ error }), 2140, logFileOf, fileOf);
  expect(json.actions[1]?.error?.analysis).toEqual(ANALYSIS);
});

test("files are listed with a place where they can be opened", () => {
  const run = withUnitTest({ files: FILES });
  expect(renderSummary(run, OPTIONS)).toContain(`
files
  unit test: coverage.tar.gz (2.5 MiB)  files/${"a".repeat(64)}
  unit test: report.html (1.5 KiB)  .sluice/runs/r1/files/unit-test-1a2b/report.html
`);
  expect(runToJson(run, 2140, logFileOf, fileOf).actions[1]?.files).toEqual([
    FILES[0],
    { ...FILES[1], path: ".sluice/runs/r1/files/unit-test-1a2b/report.html" },
  ]);
});
