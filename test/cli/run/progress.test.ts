import { describe, expect, test } from "vitest";
import { type ActionProgress, advance, type ProgressEvent, startProgress } from "../../../cli/run/progress.ts";

const SHOP = startProgress({ pipeline: "shop", runId: "r1", startedAt: 0 }, [
  { key: "repo", alias: "repo", type: "git-checkout", stage: 0, disabled: false },
  { key: "build", alias: "build\u001b[2J", type: "custom-script", stage: 1, disabled: false },
  { key: "docs", alias: "docs", type: "custom-script", stage: 1, disabled: true },
]);

function buildAfter(...events: readonly ProgressEvent[]): ActionProgress | undefined {
  return events.reduce(advance, SHOP).stages[1]?.[0];
}

test("starts with everything pending or disabled, in stages, without control characters", () => {
  expect(SHOP.stages.map((stage) => stage.map(({ alias, status }) => `${alias} ${status}`))).toEqual([
    ["repo pending"],
    ["build pending", "docs disabled"],
  ]);
});

describe("advance", () => {
  const running: ProgressEvent = { kind: "action", key: "build", status: "running", at: 10, attempt: 1 };
  const failed: ProgressEvent = {
    kind: "action",
    key: "build",
    status: "failed",
    at: 30,
    attempt: 1,
    reason: "exit 7",
  };

  test("keeps the times of the first start and of the end", () => {
    expect(
      buildAfter(running, { kind: "log", key: "build", text: "compiling", at: 20, attempt: 1 }, failed),
    ).toMatchObject({
      status: "failed",
      startedAt: 10,
      endedAt: 30,
      reason: "exit 7",
      lastLine: "compiling",
    });
  });
  test("an event that comes late does not wake an action that has ended", () => {
    expect(buildAfter(failed, running)).toMatchObject({ status: "failed" });
  });
  test("a later attempt does", () => {
    expect(buildAfter(running, failed, { ...running, at: 40, attempt: 2 })).toMatchObject({
      status: "running",
      attempts: 2,
      startedAt: 10,
      endedAt: undefined,
    });
  });
  test("a log line that is quicker than the event starts the action", () => {
    expect(buildAfter({ kind: "log", key: "build", text: "compiling", at: 7, attempt: 1 })).toMatchObject({
      status: "running",
      attempts: 1,
      startedAt: 7,
    });
  });
  test("waiting in a queue does not count", () => {
    expect(buildAfter({ kind: "action", key: "build", status: "queued", at: 5 }, running)).toMatchObject({
      startedAt: 10,
    });
  });
  test("a skipped action never started", () => {
    expect(
      buildAfter({ kind: "action", key: "build", status: "skipped", at: 5, reason: "its if is false" }),
    ).toMatchObject({
      status: "skipped",
      startedAt: undefined,
    });
  });
  test("the run ends with its own event", () => {
    expect(advance(SHOP, { kind: "run", status: "failed", at: 99 })).toMatchObject({ status: "failed", endedAt: 99 });
  });
});

test("a state without a function runs from the end of the stage before it", () => {
  const order = [
    { key: "repo", alias: "repo", type: "git-checkout", stage: 0, disabled: false },
    { key: "pause", alias: "pause", type: "wait", stage: 1, disabled: false, native: true },
  ];
  const started = startProgress({ pipeline: "shop", runId: "r1", startedAt: 0 }, order);
  expect(started.stages[1]?.[0]).toMatchObject({ status: "pending" });
  const waiting = advance(started, { kind: "action", key: "repo", status: "succeeded", at: 500 });
  expect(waiting.stages[1]?.[0]).toMatchObject({ status: "running", startedAt: 500 });
  const done = advance(waiting, { kind: "action", key: "pause", status: "succeeded", at: 2500 });
  expect(done.stages[1]?.[0]).toMatchObject({ status: "succeeded", startedAt: 500, endedAt: 2500 });
  expect(startProgress({ pipeline: "shop", runId: "r1", startedAt: 7 }, order.slice(1)).stages[0]?.[0]).toMatchObject({
    status: "running",
    startedAt: 7,
  });
});
