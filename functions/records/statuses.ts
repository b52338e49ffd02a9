/** Statuses of a run. Source: design section 2. */
export const RUN_STATUSES = ["queued", "running", "suspended", "succeeded", "failed", "cancelled", "timedOut"] as const;

/** Status of a run. */
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Statuses of an action. `pending` and `disabled` follow from the plan and stand in no record. */
export const ACTION_STATUSES = [
  "pending",
  "skipped",
  "disabled",
  "queued",
  "running",
  "waiting",
  "succeeded",
  "failed",
  "timedOut",
  "cancelled",
] as const;

/** Status of an action. */
export type ActionStatus = (typeof ACTION_STATUSES)[number];

/** Statuses of an action that has not ended. */
export const OPEN_ACTION_STATUSES = ["queued", "running", "waiting"] as const satisfies readonly ActionStatus[];

/** Statuses of a run that has not ended. */
export const OPEN_RUN_STATUSES = ["queued", "running", "suspended"] as const satisfies readonly RunStatus[];

const OPEN_ACTIONS: ReadonlySet<string> = new Set(OPEN_ACTION_STATUSES);
const OPEN_RUNS: ReadonlySet<string> = new Set(OPEN_RUN_STATUSES);

/** Whether an action with a record in this status has ended. */
export function hasActionEnded(status: ActionStatus): boolean {
  return !OPEN_ACTIONS.has(status);
}

/** Whether a run in this status has ended. */
export function hasRunEnded(status: RunStatus): boolean {
  return !OPEN_RUNS.has(status);
}
