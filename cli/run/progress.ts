import { type ActionView, hasRunEnded, type RunView } from "../../functions/index.ts";
import { singleLine } from "../text/width.ts";
import { whyFailed } from "./why-failed.ts";

/** Status of a run. */
export type RunStatus = RunView["status"];
/** Status of an action. */
export type ActionStatus = ActionView["status"];

/** What is known of a run while it goes on. Immutable: `advance` makes the next one. */
export interface RunProgress {
  readonly pipeline: string;
  readonly runId: string;
  readonly status: RunStatus;
  /** Milliseconds since the epoch, here and below. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** In the order of the file; stages without any action are left out. */
  readonly stages: readonly (readonly ActionProgress[])[];
}

/** What is known of an action while its run goes on. */
export interface ActionProgress {
  readonly key: string;
  /** Without control characters: a terminal shows it. */
  readonly alias: string;
  readonly type: string;
  readonly native: boolean;
  readonly status: ActionStatus;
  readonly attempts: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Why it was skipped, or how it failed. */
  readonly reason: string | undefined;
  /** The last line that it wrote. */
  readonly lastLine: string | undefined;
}

/** What the view is told; read off the event bus, the logs and, at the end, the run's record. */
export type ProgressEvent =
  | { readonly kind: "run"; readonly status: RunStatus; readonly at: number }
  | {
      readonly kind: "action";
      readonly key: string;
      readonly status: ActionStatus;
      readonly at: number;
      readonly attempt?: number;
      readonly reason?: string;
    }
  | {
      readonly kind: "log";
      readonly key: string;
      readonly text: string;
      readonly at: number;
      readonly attempt: number;
    };

/** The actions of a plan's `order`. */
export interface PlannedAction {
  readonly key: string;
  readonly alias: string;
  readonly type: string;
  readonly stage: number;
  readonly disabled: boolean;
  /** A state without a function: nobody tells when it begins. Default false. */
  readonly native?: boolean;
}

/** A run before anything has happened. */
export function startProgress(
  run: { readonly pipeline: string; readonly runId: string; readonly startedAt: number },
  order: readonly PlannedAction[],
): RunProgress {
  const stages = new Map<number, ActionProgress[]>();
  for (const action of order) {
    const stage = stages.get(action.stage) ?? [];
    stages.set(action.stage, stage);
    stage.push({
      key: action.key,
      alias: singleLine(action.alias),
      type: action.type,
      native: action.native ?? false,
      status: action.disabled ? "disabled" : "pending",
      attempts: 0,
      startedAt: undefined,
      endedAt: undefined,
      reason: undefined,
      lastLine: undefined,
    });
  }
  return beginNative({ ...run, status: "running", endedAt: undefined, stages: [...stages.values()] }, run.startedAt);
}

const ENDED: ReadonlySet<ActionStatus> = new Set([
  "skipped",
  "disabled",
  "succeeded",
  "failed",
  "timedOut",
  "cancelled",
]);

/** Whether nothing more happens to an action of this status, unless it is tried again. */
export function hasEnded(status: ActionStatus): boolean {
  return ENDED.has(status);
}

/**
 * Events may come twice and out of order (the bus promises neither): an action that has ended goes on only with a
 * later attempt.
 */
export function advance(progress: RunProgress, event: ProgressEvent): RunProgress {
  if (event.kind === "run") {
    return { ...progress, status: event.status, endedAt: hasRunEnded(event.status) ? event.at : undefined };
  }
  const stages = progress.stages.map((stage) =>
    stage.map((action) => (action.key === event.key ? advanceAction(action, event) : action)),
  );
  return beginNative({ ...progress, stages }, event.at);
}

/** No event tells that a state without a function has begun: it has when every stage before it has ended. */
function beginNative(progress: RunProgress, at: number): RunProgress {
  const open = progress.stages.findIndex((stage) => stage.some(({ status }) => !hasEnded(status)));
  const waits = progress.stages[open]?.some(({ native, status }) => native && status === "pending") ?? false;
  if (!waits) return progress;
  const begin = (action: ActionProgress): ActionProgress =>
    action.native && action.status === "pending" ? { ...action, status: "running", startedAt: at } : action;
  return { ...progress, stages: progress.stages.map((stage, index) => (index === open ? stage.map(begin) : stage)) };
}

function advanceAction(action: ActionProgress, event: Exclude<ProgressEvent, { kind: "run" }>): ActionProgress {
  if (event.kind === "log") {
    const lastLine = singleLine(event.text);
    // Logs are quicker than events: who writes something runs.
    const begun = action.status === "pending" || action.status === "queued";
    return begun
      ? { ...advanceAction(action, { ...event, kind: "action", status: "running" }), lastLine }
      : { ...action, lastLine };
  }
  const attempts = Math.max(action.attempts, event.attempt ?? action.attempts);
  if (hasEnded(action.status) && !hasEnded(event.status) && attempts === action.attempts) return action;
  // The time that counts is that of the scripts; what is queued or skipped has none.
  const started = !["pending", "queued", "skipped", "disabled"].includes(event.status);
  return {
    ...action,
    status: event.status,
    attempts,
    startedAt: action.startedAt ?? (started ? event.at : undefined),
    endedAt: hasEnded(event.status) ? event.at : undefined,
    reason:
      event.reason === undefined
        ? hasEnded(event.status)
          ? action.reason
          : undefined
        : whyFailed(action.alias, event.reason),
  };
}

/** The actions as they were recorded, which replaces what the events told. `endedAt` is when the command saw the end. */
export function settle(progress: RunProgress, view: RunView, endedAt: number): RunProgress {
  const recorded = new Map(view.actions.map((action) => [action.key, action]));
  return {
    ...progress,
    status: view.status,
    endedAt,
    stages: progress.stages.map((stage) =>
      stage.map((action) => {
        const record = recorded.get(action.key);
        if (record === undefined) return action;
        return {
          ...action,
          status: record.status,
          attempts: record.attempts,
          startedAt: milliseconds(record.startedAt),
          endedAt: milliseconds(record.endedAt),
          reason: record.reason ?? (record.error && whyFailed(action.alias, record.error.message)),
        };
      }),
    ),
  };
}

function milliseconds(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
