import type { Assignment, BootstrapResponse } from "../../agent/protocol.ts";
import { GRACE_SECONDS, LONGEST_EXECUTION_SECONDS, type PlanAction } from "../../compiler/index.ts";
import { credentialHash, isCredential } from "../attempts/credentials.ts";
import { endAttempt, unreportedEnd } from "../attempts/end-attempt.ts";
import {
  HEARTBEAT_SECONDS,
  secondsLeft,
  startAllowanceSeconds,
  TERMINATION_GRACE_SECONDS,
  UNSEEN_SECONDS,
} from "../attempts/limits.ts";
import { whyStopped } from "../attempts/why-stopped.ts";
import type { InputContext } from "../inputs/load-inputs.ts";
import { type AttemptValues, resolveAttempt } from "../inputs/resolve-attempt.ts";
import { readPlanAction, readPlanIndex } from "../plans/read-plan.ts";
import { type ActionRecord, readActionRecords } from "../records/action.ts";
import { changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent, all } from "../records/condition.ts";
import { type AttemptName, attemptIdOf } from "../records/keys.ts";
import { ownValue } from "../records/own-value.ts";
import { type RunRecord, readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { HttpProblem } from "./http-problem.ts";
import { packAssignment } from "./seal-assignment.ts";

/**
 * Exchanges the nonce for a secret and the assignment. Everything that can fail is done before the exchange is
 * written, so a call that failed can be repeated. This is also the gate before anything of the user's runs: an attempt
 * of a run that was stopped gets no further.
 */
export async function bootstrap(runtime: Runtime, name: AttemptName, nonce: string): Promise<BootstrapResponse> {
  const attempt = await readAttempt(runtime, name);
  if (attempt === undefined || !isCredential(nonce, attempt.nonceHashes)) {
    throw new HttpProblem(401, "The nonce is not one of this attempt.");
  }
  const run = await readRunRecord(runtime, name.runId);
  if (attempt.end !== undefined || run === undefined) {
    throw new HttpProblem(409, "The attempt has ended.");
  }
  if (attempt.secretHash !== undefined) {
    throw new HttpProblem(401, "The nonce was used before.");
  }
  const stopped = whyStopped(run, attempt);
  if (stopped !== undefined) {
    await endAttempt(runtime, name, { end: unreportedEnd("cancelled", stopped, runtime.clock.now()) });
    throw new HttpProblem(409, `The attempt has ended: ${stopped}.`);
  }
  const { action, record, context } = await readAction(runtime, run, name);
  const resolved = await resolveAttempt(runtime, context, action);
  if (!resolved.ok) {
    const end = unreportedEnd("failedToPrepare", resolved.message, runtime.clock.now());
    await endAttempt(runtime, name, { end });
    throw new HttpProblem(409, "The attempt has ended: its values cannot be resolved.");
  }
  const assignment = await packAssignment(runtime, assign(runtime, name, context, action, record, resolved.values));
  return { secret: await exchange(runtime, name, action, record), ...assignment };
}

async function readAction(
  runtime: Runtime,
  run: RunRecord,
  name: AttemptName,
): Promise<{ action: PlanAction; record: ActionRecord; context: InputContext }> {
  const [plan, action, records] = await Promise.all([
    readPlanIndex(runtime, run.planHash),
    readPlanAction(runtime, run.planHash, name.key),
    readActionRecords(runtime, run.runId),
  ]);
  const record = records.get(name.key);
  if (record === undefined || record.attempt !== name.n || record.answer !== undefined) {
    throw new HttpProblem(409, "The action goes on with another attempt.");
  }
  return { action, record, context: { run, plan, action, records } };
}

function assign(
  runtime: Runtime,
  name: AttemptName,
  { records }: InputContext,
  action: PlanAction,
  record: ActionRecord,
  values: AttemptValues,
): Assignment {
  const restores = action.restores.filter(({ key, action: owner }) => {
    return ownValue(records.get(owner)?.directories, key) !== undefined;
  });
  const left = secondsLeft(action, record, runtime.clock.now());
  return {
    attemptId: attemptIdOf(name),
    runId: name.runId,
    action: action.alias,
    ...(action.typeScript !== undefined && { typeScript: action.typeScript }),
    ...(action.script !== undefined && { script: action.script.text }),
    ...(action.script?.language !== undefined && { language: action.script.language }),
    shell: action.shell,
    ...values,
    restores: restores.map(({ namespace, key }) => ({ namespace, key })),
    directories: action.namespaces,
    // A loop's pause may have used up the rest: then the scripts are ended at once, by the agent as ever.
    ...(left !== undefined && { timeoutSeconds: Math.max(1, Math.ceil(left)) }),
    graceSeconds: TERMINATION_GRACE_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  };
}

async function exchange(
  runtime: Runtime,
  name: AttemptName,
  action: PlanAction,
  record: ActionRecord,
): Promise<string> {
  const secret = Buffer.from(runtime.random(32)).toString("base64url");
  const now = runtime.clock.now();
  const left = secondsLeft(action, record, now) ?? LONGEST_EXECUTION_SECONDS;
  const changed = await changeAttempt(
    runtime,
    name,
    {
      set: {
        secretHash: credentialHash(secret),
        lastSeen: now,
        // Restoring directories may take as long as a start.
        deadlineAt: now + (startAllowanceSeconds(action.kind) + left + GRACE_SECONDS) * 1000,
        checkAt: now + UNSEEN_SECONDS * 1000,
      },
    },
    all(absent("secretHash"), absent("end"), absent("cancelReason")),
  );
  if (changed === undefined) {
    throw new HttpProblem(401, "The nonce was used before.");
  }
  return secret;
}
