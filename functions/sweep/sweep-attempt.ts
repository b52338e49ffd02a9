import { endAttempt, unreportedEnd } from "../attempts/end-attempt.ts";
import { UNSEEN_SECONDS } from "../attempts/limits.ts";
import { settleAttempt } from "../attempts/settle-attempt.ts";
import { executorOf, expire, expiryOf, referenceOf } from "../attempts/start-attempt.ts";
import { whyStopped } from "../attempts/why-stopped.ts";
import { type AttemptRecord, changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent } from "../records/condition.ts";
import { type AttemptName, parseAttemptId } from "../records/keys.ts";
import { readRunRecord } from "../records/run.ts";
import { stopAttempt } from "../runs/stop-attempts.ts";
import type { Runtime } from "../runtime.ts";

/** Looks at the attempt of this id at once: its host has seen that what it started is gone. */
export async function checkAttempt(runtime: Runtime, attemptId: string): Promise<void> {
  const name = parseAttemptId(attemptId);
  if (name !== undefined) {
    await sweepAttempt(runtime, name);
  }
}

/** Looks at one attempt that is due: finishes, stops or ends it, or looks again later. */
export async function sweepAttempt(runtime: Runtime, name: AttemptName): Promise<void> {
  const attempt = await readAttempt(runtime, name);
  if (attempt === undefined) {
    return;
  }
  if (attempt.end !== undefined) {
    return settleAttempt(runtime, attempt);
  }
  const now = runtime.clock.now();
  if (attempt.cancelReason !== undefined) {
    // It was asked to end, and its time to do so is over.
    await executorOf(runtime, attempt.executor).remove(referenceOf(attempt));
    return endAttempt(runtime, attempt, { end: unreportedEnd("cancelled", attempt.cancelReason, now) });
  }
  const run = await readRunRecord(runtime, attempt.runId);
  const stopped = run && whyStopped(run, attempt);
  if (stopped !== undefined) {
    return stopAttempt(runtime, attempt, attempt.redrive, stopped);
  }
  const expiry = expiryOf(attempt, now);
  return expiry === undefined ? checkStatus(runtime, attempt, now) : expire(runtime, attempt, expiry);
}

/** Asks the executor: what it started may be gone without a word. */
async function checkStatus(runtime: Runtime, attempt: AttemptRecord, now: number): Promise<void> {
  const status = await executorOf(runtime, attempt.executor).status(referenceOf(attempt));
  const isGone = status.phase === "unknown" && attempt.handle !== undefined;
  if (status.phase === "ended" || isGone) {
    const reason = status.phase === "ended" && status.reason !== undefined ? ` (${status.reason})` : "";
    const message = isGone ? "what was started for it is gone" : `it stopped${reason} without a report`;
    const exitCode = status.phase === "ended" ? status.exitCode : undefined;
    return endAttempt(runtime, attempt, { end: unreportedEnd("lost", message, now, exitCode) });
  }
  const unseenAt = (attempt.lastSeen ?? now) + UNSEEN_SECONDS * 1000;
  const checkAt = Math.min(attempt.deadlineAt, Math.max(unseenAt, now + 1000));
  await changeAttempt(runtime, attempt, { set: { checkAt } }, absent("end"));
}
