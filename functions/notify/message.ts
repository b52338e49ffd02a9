import { actionStatusDetail, EVENT_DETAIL_TYPES, runStatusDetail } from "../events/contract.ts";
import type { QueuedNotification } from "./contract.ts";
import { DeliveryError } from "./delivery-error.ts";

/** An event as a person reads it. */
export interface Message {
  /** One line: what has become of what. */
  readonly title: string;
  /** Further lines, each a name and a value. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What went wrong: several lines. */
  readonly error: string | undefined;
  /** Key of the pipeline and status, by which a topic's subscribers filter. */
  readonly pipeline: string;
  readonly status: string;
}

const MARKS: Readonly<Record<string, string>> = {
  succeeded: "✅",
  failed: "❌",
  timedOut: "⏰",
  cancelled: "⛔",
  skipped: "⏭️",
};
const RUNNING_MARK = "▶️";
/** Enough to see what happened; the log has the rest. */
const LONGEST_ERROR = 1_000;

/** Words an event. Throws `DeliveryError` for an event that is none of ours. */
export function messageOf({ detail, "detail-type": type }: QueuedNotification["event"]): Message {
  if (type === EVENT_DETAIL_TYPES.run) {
    const run = parse(runStatusDetail.safeParse(detail));
    return {
      title: `${markOf(run.status)} ${run.name}: ${wordsOf(run.status)}`,
      facts: [["Run", run.runId], ...durationOf(run.startedAt, run.endedAt)],
      error: run.error && shorten(run.error.cause),
      pipeline: run.pipeline,
      status: run.status,
    };
  }
  if (type === EVENT_DETAIL_TYPES.action) {
    const action = parse(actionStatusDetail.safeParse(detail));
    return {
      title: `${markOf(action.status)} ${action.pipeline} / ${action.alias}: ${wordsOf(action.status)}`,
      facts: [
        ["Run", action.runId],
        ...(action.exitCode === undefined ? [] : [["Exit code", String(action.exitCode)] as const]),
        ...(action.reason === undefined ? [] : [["Why", action.reason] as const]),
      ],
      error: action.error && shorten(action.error.message),
      pipeline: action.pipeline,
      status: action.status,
    };
  }
  throw new DeliveryError(`"${type}" is no event that can be worded.`);
}

function parse<T>(parsed: { success: true; data: T } | { success: false; error: Error }): T {
  if (parsed.success) {
    return parsed.data;
  }
  throw new DeliveryError(`The event is not what its schema says: ${parsed.error.message}`);
}

function markOf(status: string): string {
  return MARKS[status] ?? RUNNING_MARK;
}

function wordsOf(status: string): string {
  return status === "timedOut" ? "timed out" : status;
}

function durationOf(start: string | undefined, end: string | undefined): readonly (readonly [string, string])[] {
  if (start === undefined || end === undefined) {
    return [];
  }
  const seconds = Math.round((Date.parse(end) - Date.parse(start)) / 1000);
  const minutes = Math.floor(seconds / 60);
  return [["Took", minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`]];
}

function shorten(text: string): string {
  return text.length > LONGEST_ERROR ? `${text.slice(0, LONGEST_ERROR - 1)}…` : text;
}
