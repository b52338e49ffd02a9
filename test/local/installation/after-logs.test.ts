import { expect, test } from "vitest";
import type { BusEvent } from "../../../local/events/event.ts";
import { createAfterLogs } from "../../../local/installation/after-logs.ts";
import { createManualClock } from "../manual-clock.ts";

function event(detail: BusEvent["detail"], type = "Sluice Action Status Change"): BusEvent {
  const common = {
    version: "0",
    id: "1",
    source: "sluice",
    account: "0",
    time: "",
    region: "",
    resources: [],
  } as const;
  return { ...common, "detail-type": type, detail };
}
const BUILD = { runId: "run-1", action: "build", attempt: 2 };

/** Containers whose logs a test ends; and what a listener has heard. */
function listen() {
  const clock = createManualClock();
  const waiting = new Map<string, () => void>();
  const heard: unknown[] = [];
  const after = createAfterLogs(
    { ended: (attemptId) => new Promise((resolve) => waiting.set(attemptId, resolve)) },
    clock,
  );
  return { clock, waiting, heard, after, hear: after.wrap(({ detail }) => heard.push(detail["status"])) };
}

test("the news of an end waits for the log, and what comes after it as well", async () => {
  const { waiting, heard, hear, clock } = listen();
  await hear(event({ ...BUILD, status: "running" }));
  const last = [
    hear(event({ ...BUILD, status: "succeeded" })),
    hear(event({ runId: "run-1", status: "succeeded at all" }, "Sluice Run Status Change")),
  ];
  await clock.advance(0);
  expect(heard).toEqual(["running"]);
  waiting.get("run-1.build.2")?.();
  await Promise.all(last);
  expect(heard).toEqual(["running", "succeeded", "succeeded at all"]);
  expect(clock.pending).toBe(0);
});

test("nobody waits longer than 5 s, nor for an action that was skipped", async () => {
  const { heard, hear, clock } = listen();
  await hear(event({ ...BUILD, attempt: 0, status: "failed" }));
  await hear(event({ ...BUILD, status: "skipped" }));
  const late = hear(event({ ...BUILD, status: "failed" }));
  await clock.advance(5_000);
  await late;
  expect(heard).toEqual(["failed", "skipped", "failed"]);
});
