import { SLUICE_ERRORS } from "../../compiler/index.ts";
import type { ActionEnd } from "../attempts/action-end.ts";
import { endAttempt, unreportedEnd } from "../attempts/end-attempt.ts";
import { removeStarted } from "../attempts/executor-of.ts";
import { publishActionStatus } from "../events/publish-event.ts";
import { type ActionRecord, changeAction, readActionRecord, writeActionRecord } from "../records/action.ts";
import { changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent, all, equals, oneOf } from "../records/condition.ts";
import type { RunRecord } from "../records/run.ts";
import { OPEN_ACTION_STATUSES } from "../records/statuses.ts";
import type { Runtime } from "../runtime.ts";
import type { JudgedAction } from "./judge-stages.ts";

/** Why actions are settled that nobody reported the end of. */
export interface SettleReason {
  readonly status: "failed" | "cancelled";
  /** Ends a sentence that begins with the action: `its state ended without a report`. */
  readonly message: string;
  /** Why actions that were never reached are skipped. Default `an earlier action failed`. */
  readonly unreached?: string;
}

/** The machine went past the action, and nobody had reported its end. */
export const UNREPORTED: SettleReason = { status: "failed", message: "its state ended without a report" };

/**
 * Completes the records of actions that the machine has left: what was never reported has failed (or was cancelled),
 * what was never reached is skipped, a wait has passed. Nobody waits for an answer any more. What lives of a failed
 * action is removed; what lives of a cancelled one is left to `cancel-run`, which lets it end in order. Answers whether
 * there was anything to settle.
 */
export async function settleActions(
  runtime: Runtime,
  run: RunRecord,
  judged: readonly JudgedAction[],
  reason: SettleReason,
): Promise<boolean> {
  const open = judged.filter((action) => action.verdict !== "settled");
  for (const action of open) {
    await settle(runtime, run, action, reason, beginOf(run, judged, action));
  }
  return open.length > 0;
}

/** When the machine came to a wait that leaves no record of its own: when the stages before it had ended. */
function beginOf(run: RunRecord, judged: readonly JudgedAction[], { summary }: JudgedAction): string {
  const ends = judged.flatMap(({ summary: other, record }) =>
    other.stage < summary.stage && record?.endedAt !== undefined ? [record.endedAt] : [],
  );
  return ends.toSorted().at(-1) ?? run.startedAt ?? run.createdAt;
}

async function settle(
  runtime: Runtime,
  run: RunRecord,
  judged: JudgedAction,
  reason: SettleReason,
  begin: string,
): Promise<void> {
  const { record, verdict } = judged;
  if (reason.status === "failed" && verdict === "unreported" && record !== undefined && record.answer === undefined) {
    const settled = await endLatestAttempt(runtime, record, reason);
    if (settled) {
      return;
    }
  }
  const written =
    record === undefined
      ? await create(runtime, run, judged, reason, begin)
      : await close(runtime, record, judged, reason);
  if (written) {
    await publishActionStatus(runtime, run, written);
  }
}

/** Stops what still lives and ends it as lost; an end that was reported and not settled yet counts. */
async function endLatestAttempt(runtime: Runtime, record: ActionRecord, reason: SettleReason): Promise<boolean> {
  const name = { runId: record.runId, key: record.key, n: record.attempt };
  const attempt = record.attempt === 0 ? undefined : await readAttempt(runtime, name);
  if (attempt === undefined) {
    return false;
  }
  if (attempt.end === undefined && (await runtime.executors.get(attempt.executor)) === undefined) {
    // The function of another kind may not stop it; the sweep, which may, finds it due at once.
    const change = { set: { checkAt: runtime.clock.now() }, setOnce: { cancelReason: reason.message } };
    await changeAttempt(runtime, attempt, change, absent("end"));
    return false;
  }
  if (attempt.end === undefined) {
    await removeStarted(runtime, attempt);
  }
  const end = unreportedEnd("lost", reason.message, runtime.clock.now());
  await endAttempt(runtime, attempt, { end }, { isFinal: true });
  return (await readActionRecord(runtime, record.runId, record.key))?.answer !== undefined;
}

async function create(
  runtime: Runtime,
  run: RunRecord,
  judged: JudgedAction,
  reason: SettleReason,
  begin: string,
): Promise<ActionRecord | undefined> {
  const { summary } = judged;
  const now = new Date(runtime.clock.now()).toISOString();
  const end = endOf(judged, reason);
  const record: ActionRecord = {
    runId: run.runId,
    key: summary.key,
    alias: summary.alias,
    type: summary.type,
    stage: summary.stage,
    redrive: run.redrive,
    attempt: 0,
    iteration: 1,
    retry: 0,
    queuedAt: now,
    ...(judged.verdict === "passed" && { startedAt: begin }),
    endedAt: now,
    ...end,
    answered: true,
  };
  return (await writeActionRecord(runtime, record, {}, absent("pk"))) ? record : undefined;
}

async function close(
  runtime: Runtime,
  record: ActionRecord,
  judged: JudgedAction,
  reason: SettleReason,
): Promise<ActionRecord | undefined> {
  const endedAt = new Date(runtime.clock.now()).toISOString();
  const { error: unreported, ...end } = endOf(judged, reason);
  // Step Functions did not call again: what ended the latest attempt has ended the action.
  const error = record.error ?? unreported;
  return changeAction(
    runtime,
    record.runId,
    record.key,
    { set: { ...end, error, endedAt, answered: true }, remove: ["living", "checkAt"] },
    all(equals("attempt", record.attempt), oneOf("status", OPEN_ACTION_STATUSES)),
  );
}

type SettledAttributes = Pick<ActionRecord, "answer" | "reason" | "skippedByFailure"> &
  Pick<ActionEnd, "status" | "error">;

function endOf({ summary, verdict }: JudgedAction, reason: SettleReason): SettledAttributes {
  if (verdict === "passed") {
    return { status: "succeeded", answer: { kind: "success", output: '{"status":"succeeded","seconds":0}' } };
  }
  if (verdict === "unreached") {
    const answer = { kind: "success", output: '{"status":"skipped","seconds":0}' } as const;
    return { status: "skipped", reason: reason.unreached ?? SKIPPED_BY_FAILURE, skippedByFailure: true, answer };
  }
  const name = reason.status === "cancelled" ? SLUICE_ERRORS.actionCancelled : SLUICE_ERRORS.actionFailed;
  const message = `action "${summary.alias}" ${reason.status === "cancelled" ? "was cancelled" : "was lost"}: ${reason.message}`;
  return { status: reason.status, error: { name, message }, answer: { kind: "failure", error: name, cause: message } };
}

/** Reason of every skip that a failure before it made. */
export const SKIPPED_BY_FAILURE = "an earlier action failed";
