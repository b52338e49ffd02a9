import { SLUICE_ERRORS } from "../../compiler/index.ts";
import { answerTask, sendAnswer } from "../attempts/answer-task.ts";
import { endAttempt, unreportedEnd } from "../attempts/end-attempt.ts";
import { removeStarted } from "../attempts/executor-of.ts";
import { ensureStarted } from "../attempts/start-attempt.ts";
import { retryable, SluiceError } from "../errors/sluice-error.ts";
import { readPlanAction, readPlanIndex } from "../plans/read-plan.ts";
import { type ActionRecord, changeAction, readActionRecords } from "../records/action.ts";
import { changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent, all, atMost, equals } from "../records/condition.ts";
import { hasActionEnded, hasRunEnded } from "../records/statuses.ts";
import { judgeStages } from "../runs/judge-stages.ts";
import { loadRun } from "../runs/load-run.ts";
import { settleActions, UNREPORTED } from "../runs/settle-actions.ts";
import type { Runtime } from "../runtime.ts";
import type { ActionContext } from "./action-context.ts";
import { acceptAttempt, beginAction } from "./begin-action.ts";
import type { ExecuteActionInput, ExecuteActionOutput } from "./contract.ts";

/** Calls that race for one record read it again this often before Step Functions is asked to call later. */
const TRIES = 4;

/**
 * Starts the action of a Task, or finds out that nothing is to be started. May be called any number of times, also at
 * once: with the same token, with a new one, after a crash anywhere, with the token of an execution's redrive.
 */
export async function executeAction(
  runtime: Runtime,
  payload: ExecuteActionInput,
): Promise<ExecuteActionOutput | undefined> {
  const run = await loadRun(runtime, payload);
  if (payload.redrive < run.redrive || hasRunEnded(run.status)) {
    runtime.log({
      level: "warn",
      message: "a call of an execution that is over",
      runId: run.runId,
      action: payload.action,
    });
    return undefined;
  }
  for (let tries = 0; tries < TRIES; tries++) {
    const context = await readContext(runtime, payload, run);
    const record = await step(context);
    if (record !== undefined) {
      return payload.token === undefined ? functionOutput(record) : undefined;
    }
  }
  throw retryable(`action "${payload.action}" of run ${run.runId} is being changed by other calls`);
}

async function readContext(
  runtime: Runtime,
  payload: ExecuteActionInput,
  run: ActionContext["run"],
): Promise<ActionContext> {
  const [plan, action, records] = await Promise.all([
    readPlanIndex(runtime, run.planHash),
    readPlanAction(runtime, run.planHash, payload.action),
    readActionRecords(runtime, run.runId),
  ]);
  const judged = judgeStages(plan, records, action.stage);
  if (!(await settleActions(runtime, run, judged.actions, UNREPORTED))) {
    return {
      runtime,
      payload,
      run,
      plan,
      action,
      records,
      isFailing: judged.isFailing,
      previous: records.get(action.key),
    };
  }
  const settled = await readActionRecords(runtime, run.runId);
  const { isFailing } = judgeStages(plan, settled, action.stage);
  return { runtime, payload, run, plan, action, records: settled, isFailing, previous: settled.get(action.key) };
}

/** One decision by the record as it was read. `undefined`: another call has changed it; read again. */
async function step(context: ActionContext): Promise<ActionRecord | undefined> {
  const { runtime, payload, previous } = context;
  if (previous === undefined) {
    return beginAction(context);
  }
  if (payload.redrive < previous.redrive) {
    return previous;
  }
  const isRedriven = payload.redrive > previous.redrive;
  if (hasActionEnded(previous.status)) {
    return isRedriven && previous.status !== "succeeded"
      ? beginAction(context)
      : answerAgain(runtime, payload, previous);
  }
  if (previous.waitSeconds !== undefined) {
    return isRedriven ? beginAction(context) : previous;
  }
  if (previous.answer !== undefined) {
    // The latest attempt has been judged, and Step Functions was told to call again.
    const isRepeated = !isRedriven && payload.token !== undefined && previous.tokens?.has(payload.token);
    return isRepeated ? answerAgain(runtime, payload, previous) : acceptAttempt(context);
  }
  return isRedriven ? adoptAttempt(context, previous) : joinAttempt(context, previous);
}

/** The answer stands in the record: sends it to this call's token. */
async function answerAgain(
  runtime: Runtime,
  { token }: ExecuteActionInput,
  record: ActionRecord,
): Promise<ActionRecord> {
  if (token !== undefined && record.answer !== undefined) {
    await (record.tokens?.has(token) ? answerTask(runtime, record) : sendAnswer(runtime, token, record.answer));
  }
  return record;
}

/** An attempt is open: its end answers this token, too. Starts only what a crash left unstarted. */
async function joinAttempt(context: ActionContext, previous: ActionRecord): Promise<ActionRecord | undefined> {
  const { runtime, payload, run, action } = context;
  if (payload.token === undefined) {
    return undefined;
  }
  const joined = previous.tokens?.has(payload.token)
    ? previous
    : await changeAction(
        runtime,
        run.runId,
        action.key,
        { set: { redrive: payload.redrive }, add: { tokens: new Set([payload.token]) } },
        all(equals("attempt", previous.attempt), absent("answer"), atMost("redrive", payload.redrive)),
      );
  if (joined) {
    await ensureStarted(context, joined, payload.token);
  }
  return joined;
}

/**
 * The execution was redriven while an attempt of it lives. Unless somebody is stopping the attempt, it goes on under
 * the new count, where `cancel-run` of the old one no longer reaches it.
 */
async function adoptAttempt(context: ActionContext, previous: ActionRecord): Promise<ActionRecord | undefined> {
  const { runtime, payload, run, action } = context;
  const name = { runId: run.runId, key: action.key, n: previous.attempt };
  const adopted = await changeAttempt(
    runtime,
    name,
    { set: { redrive: payload.redrive } },
    all(equals("n", previous.attempt), absent("cancelReason"), absent("end"), atMost("redrive", payload.redrive)),
  );
  if (adopted) {
    return joinAttempt(context, previous);
  }
  const attempt = await readAttempt(runtime, name);
  if (attempt === undefined) {
    // A crash came before the attempt's record: nothing was started, and joining makes the record under the new count.
    return joinAttempt(context, previous);
  }
  if (attempt.end === undefined) {
    await removeStarted(runtime, attempt);
  }
  const end = unreportedEnd("cancelled", "its execution was stopped and redriven", runtime.clock.now());
  await endAttempt(runtime, name, { end }, { isFinal: true });
  return undefined;
}

/** What a Task gets whose function answers itself. */
function functionOutput(record: ActionRecord): ExecuteActionOutput {
  if (record.waitSeconds !== undefined) {
    return { status: "succeeded", seconds: record.waitSeconds };
  }
  if (record.answer?.kind === "failure") {
    throw new SluiceError(SLUICE_ERRORS.actionFailed, record.answer.cause);
  }
  return { status: record.status, seconds: 0 };
}
