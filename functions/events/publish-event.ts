import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { ActionRecord } from "../records/action.ts";
import type { RunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import {
  type ActionStatusDetail,
  EVENT_DETAIL_TYPES,
  EVENT_SOURCE,
  EVENT_VERSION,
  type RunStatusDetail,
} from "./contract.ts";

/** Tells the bus what a run's status is now. */
export function publishRunStatus(runtime: Runtime, run: RunRecord): Promise<void> {
  const detail: RunStatusDetail = {
    version: EVENT_VERSION,
    runId: run.runId,
    pipeline: run.pipeline,
    name: run.name,
    status: run.status,
    createdAt: run.createdAt,
    ...(run.startedAt !== undefined && { startedAt: run.startedAt }),
    ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
    ...(run.error && { error: run.error }),
    time: new Date(runtime.clock.now()).toISOString(),
  };
  return publish(runtime, EVENT_DETAIL_TYPES.run, detail);
}

/** Tells the bus what an action's status is now. */
export function publishActionStatus(runtime: Runtime, run: RunRecord, action: ActionRecord): Promise<void> {
  const detail: ActionStatusDetail = {
    version: EVENT_VERSION,
    runId: run.runId,
    pipeline: run.pipeline,
    action: action.key,
    alias: action.alias,
    status: action.status,
    attempt: action.attempt,
    iteration: action.iteration,
    ...(action.exitCode !== undefined && { exitCode: action.exitCode }),
    ...(action.reason !== undefined && { reason: action.reason }),
    ...(action.error && { error: { name: action.error.name, message: action.error.message } }),
    time: new Date(runtime.clock.now()).toISOString(),
  };
  return publish(runtime, EVENT_DETAIL_TYPES.action, detail);
}

/** Best effort: the records are the truth, and a bus that is away must not fail an action. */
async function publish(runtime: Runtime, detailType: string, detail: object): Promise<void> {
  try {
    await runtime.clients.events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: runtime.environment.busName,
            Source: EVENT_SOURCE,
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    );
  } catch (error) {
    runtime.log({ level: "warn", message: "an event was not published", detailType, detail, error: String(error) });
  }
}
