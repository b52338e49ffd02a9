import { expect, test } from "vitest";
import { readBusEvent } from "../../../cli/run/bus-event.ts";

const time = "2026-11-21T13:15:22.000Z";
const action = { runId: "r1", pipeline: "shop", action: "build", alias: "build", attempt: 2, iteration: 2, time };

test("reads the change of an action", () => {
  const event = {
    source: "sluice",
    "detail-type": "Sluice Action Status Change",
    detail: { ...action, status: "failed", error: { name: "Sluice.ActionFailed", message: "exit code 7" } },
  };
  expect(readBusEvent(event, "r1")).toEqual({
    kind: "action",
    key: "build",
    status: "failed",
    at: Date.parse(time),
    attempt: 2,
    reason: "exit code 7",
  });
});

test("reads the change of a run", () => {
  const event = { "detail-type": "Sluice Run Status Change", detail: { runId: "r1", status: "succeeded", time } };
  expect(readBusEvent(event, "r1")).toEqual({ kind: "run", status: "succeeded", at: Date.parse(time) });
});

test.each([
  ["another run", { "detail-type": "Sluice Run Status Change", detail: { runId: "r2", status: "failed", time } }],
  ["an unknown status", { "detail-type": "Sluice Run Status Change", detail: { runId: "r1", status: "odd", time } }],
  ["another kind", { "detail-type": "Step Functions Execution Status Change", detail: {} }],
  ["no event at all", null],
])("leaves %s alone", (_name, event) => expect(readBusEvent(event, "r1")).toBeUndefined());
