import { type PlanAction, type PlanLoop, planTries, SLUICE_ERRORS, waitAfter } from "../../compiler/index.ts";
import type { ActionRecord } from "../records/action.ts";
import type { AttemptRecord } from "../records/attempt.ts";
import type { ActionEnd } from "./action-end.ts";
import { secondsLeft } from "./limits.ts";

/** Whether the end of an attempt ends the action. */
export type Next =
  /** `reason`: what the end alone does not tell. */
  | { readonly kind: "end"; readonly breakProblem?: string; readonly reason?: string }
  | {
      /** Step Functions is told `errorName` and calls again after the pause of that retrier. */
      readonly kind: "again";
      readonly errorName: string;
      /** Of the next attempt. */
      readonly iteration: number;
      readonly retry: number;
      readonly breakProblem?: string;
    };

/** Asks whether the loop ends: the value of `break`, and why it could not be evaluated. */
export type JudgeBreak = (loop: PlanLoop) => Promise<{ readonly isMet: boolean; readonly problem?: string }>;

/**
 * Decides after an attempt: the platform's own tries (nothing of the user's ran), then retries within the iteration,
 * then the loop. Source: reference/erda.md 1.7 `loop`; a `break` that cannot be evaluated counts as false.
 */
export async function decideNext(
  action: PlanAction,
  record: ActionRecord,
  attempt: AttemptRecord,
  end: ActionEnd,
  judgeBreak: JudgeBreak,
  now: number,
): Promise<Next> {
  if (end.status === "cancelled") {
    return { kind: "end" };
  }
  const { iteration, retry } = record;
  const neverRan = attempt.end?.kind === "lost" && attempt.secretHash === undefined;
  if (neverRan) {
    // Bounded by the retrier of every Task for `Sluice.Retryable`; when it is used up, the machine moves on.
    return { kind: "again", errorName: SLUICE_ERRORS.retryable, iteration, retry };
  }
  const tries = planTries(action.loop, action.retry);
  const left = secondsLeft(action, record, now);
  const isTimeFor = (pauseSeconds: number) => left === undefined || left > pauseSeconds;
  const policy = action.retry;
  if (end.status === "failed" && policy !== undefined && (policy.maxTimes === -1 || retry < policy.maxTimes)) {
    if (isTimeFor(waitAfter(policy, retry + 1))) {
      return { kind: "again", errorName: tries.errorNameAfter(iteration, retry, "retry"), iteration, retry: retry + 1 };
    }
    return { kind: "end" };
  }
  if (action.loop === undefined) {
    return { kind: "end" };
  }
  const { isMet, problem } = await judgeBreak(action.loop);
  const noted = problem === undefined ? {} : { breakProblem: problem };
  const { strategy } = action.loop;
  const isLast = strategy.maxTimes !== -1 && iteration >= strategy.maxTimes;
  if (isMet) {
    return { kind: "end", ...noted };
  }
  if (isLast || !isTimeFor(waitAfter(strategy, iteration))) {
    // The action ends as its last iteration did, which may be a success although what was waited for never came.
    const limit = isLast ? "the last one allowed" : "the last one that its timeout leaves time for";
    return { kind: "end", ...noted, reason: `"break" was not true after iteration ${iteration}, ${limit}` };
  }
  const errorName = tries.errorNameAfter(iteration, retry, "loop");
  return { kind: "again", errorName, iteration: iteration + 1, retry: 0, ...noted };
}
