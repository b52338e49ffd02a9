import type { ActionExecutor } from "../../actions/index.ts";
import { endAttempt, unreportedEnd } from "../attempts/end-attempt.ts";
import { referenceOf } from "../attempts/executor-of.ts";
import { CANCEL_SECONDS, UNSEEN_SECONDS } from "../attempts/limits.ts";
import { observedEnd } from "../attempts/observed-end.ts";
import { settleAttempt } from "../attempts/settle-attempt.ts";
import { expire, expiryOf } from "../attempts/start-attempt.ts";
import { whyStopped } from "../attempts/why-stopped.ts";
import { type AttemptRecord, changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent, present } from "../records/condition.ts";
import { type AttemptName, parseAttemptId } from "../records/keys.ts";
import { readRunRecord } from "../records/run.ts";
import { stopAttempt } from "../runs/stop-attempts.ts";
import type { Runtime } from "../runtime.ts";
import { type Look, lookAtOne } from "./look.ts";

/** Looks at the attempt of this id at once: its host has seen that what it started is gone. */
export async function checkAttempt(runtime: Runtime, attemptId: string): Promise<void> {
  const name = parseAttemptId(attemptId);
  if (name !== undefined) {
    await sweepAttempt(runtime, name);
  }
}

/** Looks at one attempt that is due: finishes, stops or ends it, or looks again later. */
export async function sweepAttempt(runtime: Runtime, name: AttemptName, look: Look = lookAtOne): Promise<void> {
  const attempt = await readAttempt(runtime, name);
  if (attempt === undefined) {
    return;
  }
  const now = runtime.clock.now();
  const executor = await runtime.executors.get(attempt.executor);
  if (executor === undefined) {
    return endWithoutExecutor(runtime, attempt, now);
  }
  if (attempt.end !== undefined) {
    return confirmGone(runtime, attempt, executor, now, look);
  }
  if (attempt.cancelReason !== undefined) {
    // It was asked to end, and its time to do so is over.
    await executor.remove(referenceOf(attempt));
    return endAttempt(runtime, attempt, { end: unreportedEnd("cancelled", attempt.cancelReason, now) });
  }
  const run = await readRunRecord(runtime, attempt.runId);
  const stopped = run && whyStopped(run, attempt);
  if (stopped !== undefined) {
    return stopAttempt(runtime, attempt, attempt.redrive, stopped);
  }
  const expiry = expiryOf(attempt, now);
  if (expiry === undefined) {
    return checkStatus(runtime, attempt, executor, now, look);
  }
  const message = `${expiry.message}${await whatItWaitsFor(attempt, executor, look)}`;
  return expire(runtime, attempt, { ...expiry, message });
}

/** Why an agent has not started, where its executor knows: no node takes it, its image cannot be pulled. */
async function whatItWaitsFor(attempt: AttemptRecord, executor: ActionExecutor, look: Look): Promise<string> {
  if (attempt.secretHash !== undefined) {
    return "";
  }
  const status = await look(executor, referenceOf(attempt));
  return "reason" in status && status.reason !== undefined ? ` (${status.reason})` : "";
}

/** The attempt has ended; what was started for it must not live on: an agent may have reported and hang since. */
async function confirmGone(
  runtime: Runtime,
  attempt: AttemptRecord,
  executor: ActionExecutor,
  now: number,
  look: Look,
): Promise<void> {
  // Its action waits for the answer; that comes first.
  await settleAttempt(runtime, attempt);
  const { phase } = await look(executor, referenceOf(attempt));
  if (phase === "ended" || phase === "unknown") {
    await changeAttempt(runtime, attempt, { remove: ["living", "checkAt"] }, present("end"));
    return;
  }
  await executor.remove(referenceOf(attempt));
  await changeAttempt(runtime, attempt, { set: { checkAt: now + CANCEL_SECONDS * 1000 } }, present("living"));
}

/** Nobody can look for it or end it any more; a run must end all the same. */
async function endWithoutExecutor(runtime: Runtime, attempt: AttemptRecord, now: number): Promise<void> {
  const started = attempt.handle === undefined ? "" : `; look after ${attempt.handle}`;
  const message = `its executor "${attempt.executor}" is no longer configured${started}`;
  const kind = attempt.cancelReason === undefined ? "lost" : "cancelled";
  await endAttempt(runtime, attempt, { end: unreportedEnd(kind, message, now) }, { isGone: true });
}

/** Asks the executor: what it started may be gone without a word. */
async function checkStatus(
  runtime: Runtime,
  attempt: AttemptRecord,
  executor: ActionExecutor,
  now: number,
  look: Look,
): Promise<void> {
  const status = await look(executor, referenceOf(attempt));
  if (status.phase === "ended") {
    if (status.cause === "notStarted") {
      // A cluster goes on trying what can never start.
      await executor.remove(referenceOf(attempt));
    }
    return endAttempt(runtime, attempt, { end: observedEnd(attempt, status, now) }, { isGone: true });
  }
  if (status.phase === "unknown" && attempt.handle !== undefined) {
    const end = unreportedEnd("lost", "what was started for it is gone", now);
    return endAttempt(runtime, attempt, { end }, { isGone: true });
  }
  const unseenAt = (attempt.lastSeen ?? now) + UNSEEN_SECONDS * 1000;
  const checkAt = Math.min(attempt.deadlineAt, Math.max(unseenAt, now + 1000));
  await changeAttempt(runtime, attempt, { set: { checkAt } }, absent("end"));
}
