import { EXECUTOR_KINDS } from "../../actions/index.ts";
import type { PlanAction } from "../../compiler/index.ts";
import type { ActionRecord } from "../records/action.ts";

/** The agent is asked to be heard of this often: ten calls before Step Functions' own heartbeat (300 s at least) expires. */
export const HEARTBEAT_SECONDS = 30;

/** Silence after which an agent that has bootstrapped counts as lost: five heartbeats, and two sweeps before Step Functions' own. */
export const UNSEEN_SECONDS = 150;

/** Between SIGTERM and SIGKILL. */
export const TERMINATION_GRACE_SECONDS = 10;

/** How long an attempt that was asked to end may take before it is ended by force. */
export const CANCEL_SECONDS = 45;

/** When an answer that was not confirmed is sent again. */
export const ANSWER_SECONDS = 60;

/** How often the execution of a run that looks alive is asked for. */
export const RUN_CHECK_SECONDS = 300;

/** Kinds that are not known here start within this time. */
const DEFAULT_START_ALLOWANCE_SECONDS = 300;

/** Seconds between the start of an attempt and its agent's first word, at most. */
export function startAllowanceSeconds(kind: string): number {
  return EXECUTOR_KINDS.get(kind)?.startAllowanceSeconds ?? DEFAULT_START_ALLOWANCE_SECONDS;
}

/**
 * Running time that an action has left, or `undefined` where it has no limit. The clock starts with the scripts of
 * the first attempt and runs through the pauses of a loop. Source: reference/erda.md 1.7.
 */
export function secondsLeft(action: PlanAction, record: ActionRecord | undefined, now: number): number | undefined {
  if (action.timeoutSeconds === -1) {
    return undefined;
  }
  const used = record?.startedAt === undefined ? 0 : (now - Date.parse(record.startedAt)) / 1000;
  return Math.max(0, action.timeoutSeconds - used);
}
