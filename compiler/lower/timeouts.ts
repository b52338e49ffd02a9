import { LONGEST_EXECUTION_SECONDS } from "../asl/limits.ts";
import type { ExecutorKindTraits } from "../context.ts";
import type { Action } from "../model/pipeline.ts";

/** Running time of an action that gives none. Source: reference/erda.md 1.5, `TASK_DEFAULT_TIMEOUT`. */
const DEFAULT_TIMEOUT_SECONDS = 3600;
/**
 * What a Task may take beyond start and run: outputs and directories are stored, a late report arrives. The functions
 * give an attempt the same, so that neither ends it before the other does.
 */
export const GRACE_SECONDS = 60;
/** Agents beat every few tens of seconds; five minutes without one means that it is gone. */
const LEAST_HEARTBEAT_SECONDS = 300;

/** Seconds of running time over all tries of an action; -1 is forever. */
export function actionTimeoutOf(action: Action): number {
  return action.timeoutSeconds?.value ?? DEFAULT_TIMEOUT_SECONDS;
}

/**
 * `TimeoutSeconds` of an action's Task: the outer bound of one try. The agent keeps the action's own timeout, and this
 * one only ends what nobody reports.
 */
export function taskTimeoutOf(action: Action, { startAllowanceSeconds }: ExecutorKindTraits): number {
  const timeout = actionTimeoutOf(action);
  if (timeout === -1) return LONGEST_EXECUTION_SECONDS;
  return Math.min(Math.ceil(startAllowanceSeconds + timeout + GRACE_SECONDS), LONGEST_EXECUTION_SECONDS);
}

/** `TimeoutSeconds` of the Task in front of a Wait: it answers at once or not at all. */
export function gateTimeoutOf({ startAllowanceSeconds }: ExecutorKindTraits): number {
  return startAllowanceSeconds + GRACE_SECONDS;
}

/** `HeartbeatSeconds`: not below the start allowance, during which no agent lives yet, and below the timeout. */
export function heartbeatOf(traits: ExecutorKindTraits, taskTimeoutSeconds: number): number | undefined {
  if (!traits.hasAgent) return undefined;
  return Math.min(Math.max(traits.startAllowanceSeconds, LEAST_HEARTBEAT_SECONDS), taskTimeoutSeconds - 1);
}
