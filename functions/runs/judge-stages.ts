import type { PlanActionSummary, PlanIndex } from "../../compiler/index.ts";
import type { ActionRecord } from "../records/action.ts";
import { hasActionEnded } from "../records/statuses.ts";

/** What the records say about one action that the machine has moved past. */
type Verdict =
  /** Succeeded, skipped, disabled, or failed: its record is complete. */
  | "settled"
  /** Nobody reported its end although its state was left: it counts as failed. */
  | "unreported"
  /** An earlier action failed and the machine jumped over it: it counts as skipped. */
  | "unreached"
  /** A wait that leaves no end of its own: it has passed. */
  | "passed";

/** The verdict on one action of an earlier stage. */
export interface JudgedAction {
  readonly summary: PlanActionSummary;
  readonly record: ActionRecord | undefined;
  readonly verdict: Verdict;
}

/** What the machine did: it went on past the stages in question, it failed among them, or somebody stopped it. */
export type MachineCourse = "running" | "failed" | "stopped";

/** Whether the stages before one have failed, and what each of their actions counts as. */
export interface JudgedStages {
  /** After a failure an action without `if` is skipped and one with `if` is judged. */
  readonly isFailing: boolean;
  readonly actions: readonly JudgedAction[];
}

/**
 * Judges every stage before `beforeStage` by the records alone. A failure is an enabled, non-native action whose
 * record did not end well; a skip because of an earlier failure is none of its own. Source: reference/erda.md 3.5.
 */
export function judgeStages(
  plan: PlanIndex,
  records: ReadonlyMap<string, ActionRecord>,
  beforeStage: number,
  execution: MachineCourse = "running",
): JudgedStages {
  const actions: JudgedAction[] = [];
  let failedStage: number | undefined;
  for (const summary of plan.order) {
    if (summary.disabled || summary.stage >= beforeStage) {
      continue;
    }
    const record = records.get(summary.key);
    const failedBefore = failedStage !== undefined && failedStage < summary.stage;
    const verdict = judgeAction(summary, record, failedBefore, execution);
    actions.push({ summary, record, verdict });
    if (verdict === "unreported" || (verdict === "settled" && hasFailed(record))) {
      failedStage = Math.min(failedStage ?? summary.stage, summary.stage);
    }
  }
  return { isFailing: failedStage !== undefined, actions };
}

/** Whether the action ended badly by itself. */
export function hasFailed(record: ActionRecord | undefined): boolean {
  return record?.status === "failed" || record?.status === "timedOut" || record?.status === "cancelled";
}

function judgeAction(
  summary: PlanActionSummary,
  record: ActionRecord | undefined,
  failedBefore: boolean,
  execution: MachineCourse,
): Verdict {
  if (record !== undefined && hasActionEnded(record.status)) {
    return "settled";
  }
  if (execution === "stopped") {
    return record === undefined ? "unreached" : "unreported";
  }
  if (record?.waitSeconds !== undefined) {
    return "passed";
  }
  if (summary.native) {
    return failedBefore ? "unreached" : "passed";
  }
  // A machine that goes on after a failure enters the states of the actions with `if`, and no others.
  const isJumpedOver = failedBefore && (execution === "failed" || !summary.conditional);
  return record === undefined && isJumpedOver ? "unreached" : "unreported";
}
