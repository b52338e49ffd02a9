import { type AttemptSpecification, isTransient } from "../../actions/index.ts";
import { AGENT_ENVIRONMENT } from "../../agent/protocol.ts";
import { GRACE_SECONDS, LONGEST_EXECUTION_SECONDS, type PlanAction } from "../../compiler/index.ts";
import { retryable } from "../errors/sluice-error.ts";
import type { InputContext } from "../inputs/load-inputs.ts";
import { imageToStart } from "../inputs/resolve-image.ts";
import type { ActionRecord } from "../records/action.ts";
import { type AttemptRecord, changeAttempt, createAttempt, readAttempt } from "../records/attempt.ts";
import { absent, all } from "../records/condition.ts";
import { type AttemptName, attemptIdOf } from "../records/keys.ts";
import type { Runtime } from "../runtime.ts";
import { credentialHash, nonceOf } from "./credentials.ts";
import { endAttempt, unreportedEnd } from "./end-attempt.ts";
import { executorOf, removeStarted } from "./executor-of.ts";
import { secondsLeft, startAllowanceSeconds, UNSEEN_SECONDS } from "./limits.ts";
import { settleAttempt } from "./settle-attempt.ts";

/** What starting an attempt needs beside the records: the image may refer to what the run knows. */
export interface StartContext extends InputContext {
  readonly runtime: Runtime;
  readonly action: PlanAction;
}

/**
 * Brings the latest attempt of an action to life: makes its record where it is missing, starts what its record says
 * and nothing more. Called again for a living attempt it starts nothing; where a crash left an accepted attempt
 * without anything started, it starts it, which the executors do once.
 */
export async function ensureStarted(context: StartContext, record: ActionRecord, token: string): Promise<void> {
  const { runtime, action } = context;
  const name = { runId: record.runId, key: record.key, n: record.attempt };
  const planned = planAttempt(runtime, action, record, token);
  if (name.n > 1 && (await readAttempt(runtime, name)) === undefined) {
    await removeAttempt(runtime, { ...name, n: name.n - 1 });
  }
  if (await createAttempt(runtime, planned, runtime.clock.now() + UNSEEN_SECONDS * 1000)) {
    // The record is older than anything that was started for it, so there is nothing to look for.
    return start(context, planned, token);
  }
  const attempt = await readAttempt(runtime, name);
  if (attempt === undefined) {
    throw retryable(`attempt ${attemptIdOf(name)} cannot be read`);
  }
  if (attempt.end) {
    return settleAttempt(runtime, attempt);
  }
  const problem = expiryOf(attempt, runtime.clock.now());
  if (problem !== undefined) {
    return expire(runtime, attempt, problem);
  }
  if (attempt.handle !== undefined || attempt.secretHash !== undefined) {
    return;
  }
  const executor = await executorOf(runtime, attempt.executor);
  const existence = await executor.exist({ attemptId: attemptIdOf(name) });
  if (!existence.started) {
    return start(context, attempt, token);
  }
  const { handle } = existence;
  if (handle !== undefined) {
    const log = executor.log?.({ attemptId: attemptIdOf(name), handle });
    const found = { handle, log, allotment: executor.allotment?.(action) };
    await changeAttempt(runtime, name, { set: found }, absent("handle"));
  }
}

/** Why an attempt counts as ended although nobody reported it; `undefined` while it may live. */
export function expiryOf(
  attempt: AttemptRecord,
  now: number,
): { readonly kind: "timedOut" | "lost"; readonly message: string } | undefined {
  if (now >= attempt.deadlineAt) {
    return attempt.secretHash === undefined
      ? { kind: "lost", message: "its agent did not start in time" }
      : { kind: "timedOut", message: "it did not end within its time" };
  }
  if (attempt.lastSeen !== undefined && now - attempt.lastSeen >= UNSEEN_SECONDS * 1000) {
    return { kind: "lost", message: `its agent was not heard of for ${UNSEEN_SECONDS} s` };
  }
  return undefined;
}

/** Ends an attempt that nobody reports any more. What it started is removed before anybody may start the next. */
export async function expire(
  runtime: Runtime,
  attempt: AttemptRecord,
  expiry: { readonly kind: "timedOut" | "lost"; readonly message: string },
): Promise<void> {
  await removeStarted(runtime, attempt);
  const end = unreportedEnd(expiry.kind, expiry.message, runtime.clock.now());
  await endAttempt(runtime, attempt, { end });
}

/** Whatever the attempt before left must be gone before the next one starts. */
async function removeAttempt(runtime: Runtime, name: AttemptName): Promise<void> {
  const attempt = await readAttempt(runtime, name);
  if (attempt !== undefined) {
    await removeStarted(runtime, attempt);
  }
}

function planAttempt(runtime: Runtime, action: PlanAction, record: ActionRecord, token: string): AttemptRecord {
  const now = runtime.clock.now();
  const name = { runId: record.runId, key: record.key, n: record.attempt };
  return {
    ...name,
    executor: action.executor,
    redrive: record.redrive,
    acceptedAt: new Date(now).toISOString(),
    nonceHashes: new Set([credentialHash(nonceOf(token, attemptIdOf(name)))]),
    // Until the agent bootstraps only its start has to be awaited; from then on its heartbeats move the deadline.
    deadlineAt: now + (startAllowanceSeconds(action.kind) + GRACE_SECONDS) * 1000,
  };
}

async function start(context: StartContext, attempt: AttemptRecord, token: string): Promise<void> {
  const { runtime, action } = context;
  const attemptId = attemptIdOf(attempt);
  const nonce = nonceOf(token, attemptId);
  if (!attempt.nonceHashes.has(credentialHash(nonce))) {
    await changeAttempt(runtime, attempt, { add: { nonceHashes: new Set([credentialHash(nonce)]) } }, absent("end"));
  }
  const left = secondsLeft(action, undefined, runtime.clock.now()) ?? LONGEST_EXECUTION_SECONDS;
  const specification: Omit<AttemptSpecification, "image"> = {
    attemptId,
    resources: action.resources,
    agentEnvironment: {
      [AGENT_ENVIRONMENT.api]: runtime.environment.agentApiUrl,
      [AGENT_ENVIRONMENT.attempt]: attemptId,
      [AGENT_ENVIRONMENT.nonce]: nonce,
    },
    deadlineSeconds: startAllowanceSeconds(action.kind) + left + GRACE_SECONDS,
  };
  let started: Pick<AttemptRecord, "handle" | "log" | "allotment">;
  try {
    const executor = await executorOf(runtime, attempt.executor);
    const whole = { ...specification, image: await imageToStart(runtime, context, action) };
    await executor.create(whole);
    const handle = await executor.start(whole);
    started = { handle, log: executor.log?.({ attemptId, handle }), allotment: executor.allotment?.(whole) };
  } catch (error) {
    if (isTransient(error)) {
      throw retryable(`action "${action.alias}" cannot be started yet: ${messageOf(error)}`, error);
    }
    const end = unreportedEnd("failedToPrepare", messageOf(error), runtime.clock.now());
    return endAttempt(runtime, attempt, { end });
  }
  const noted = await changeAttempt(runtime, attempt, { set: started }, all(absent("handle"), absent("end")));
  const current = noted ?? (await readAttempt(runtime, attempt));
  if (current?.end !== undefined) {
    // It was ended while it was being started: whoever ended it could not know of what has come to life since.
    await removeStarted(runtime, { ...attempt, ...started });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
