import type { PlanAction } from "../../compiler/index.ts";
import { publishActionStatus } from "../events/publish-event.ts";
import { judgeExpression } from "../inputs/judge-expression.ts";
import { readPlanAction, readPlanIndex } from "../plans/read-plan.ts";
import {
  type ActionRecord,
  changeAction,
  LIVING_ANSWER,
  readActionRecord,
  readActionRecords,
} from "../records/action.ts";
import { type AttemptEnd, type AttemptRecord, changeAttempt } from "../records/attempt.ts";
import { absent, all, equals, present } from "../records/condition.ts";
import { type RunRecord, readRunRecord } from "../records/run.ts";
import { hasActionEnded } from "../records/statuses.ts";
import type { Item } from "../records/table.ts";
import { judgeStages } from "../runs/judge-stages.ts";
import type { Runtime } from "../runtime.ts";
import { type ActionEnd, answerFor, judgeEnd } from "./action-end.ts";
import { answerTask } from "./answer-task.ts";
import { decideNext, type JudgeBreak, type Next } from "./decide-next.ts";
import { ANSWER_SECONDS, UNSEEN_SECONDS } from "./limits.ts";
import { whyStopped } from "./why-stopped.ts";

/** How an end is settled. */
export interface SettleOptions {
  /** The machine has moved on: the action ends, whatever its loop says. Default false. */
  readonly isFinal?: boolean;
  /** Nothing of what was started for the attempt lives any more. Default false: the sweep will ask for it. */
  readonly isGone?: boolean;
}

/**
 * Takes the recorded end of an attempt to its consequences: decides whether the action ends, writes the decision into
 * the action's record, answers the Task. Every step is done once however often this is called, and a call completes
 * what an earlier one left undone; the attempt stays in the index of `sweep` until the last step and, where nobody has
 * seen it yet, until what was started for it is gone: an agent may report and then not end.
 */
export async function settleAttempt(
  runtime: Runtime,
  attempt: AttemptRecord,
  options: SettleOptions = {},
): Promise<void> {
  const [run, record] = await Promise.all([
    readRunRecord(runtime, attempt.runId),
    readActionRecord(runtime, attempt.runId, attempt.key),
  ]);
  if (run && record && attempt.end && record.attempt === attempt.n) {
    const decided = record.answer ? record : await decide(runtime, run, record, attempt, attempt.end, options);
    await answerTask(runtime, decided);
  }
  const isUnstarted = attempt.handle === undefined && attempt.secretHash === undefined;
  const isGone = options.isGone === true || attempt.taskVersion !== undefined || isUnstarted;
  const last = isGone
    ? { remove: ["living", "checkAt"] }
    : { set: { checkAt: runtime.clock.now() + UNSEEN_SECONDS * 1000 } };
  await changeAttempt(runtime, attempt, last, present("end"));
}

async function decide(
  runtime: Runtime,
  run: RunRecord,
  record: ActionRecord,
  attempt: AttemptRecord,
  end: AttemptEnd,
  options: SettleOptions,
): Promise<ActionRecord> {
  const action = await readPlanAction(runtime, run.planHash, attempt.key);
  // The agent knows best when the scripts started: its heartbeat may have been heard after a short script had ended.
  const [startedAt] = [record.startedAt, end.startedAt].filter((time) => time !== undefined).sort();
  const started = { ...record, startedAt };
  const ended = judgeEnd(action, attempt, end, whyStopped(run, attempt) !== undefined);
  const next: Next = options.isFinal
    ? { kind: "end" }
    : await decideNext(action, started, attempt, ended, breakJudge(runtime, run, action, ended), runtime.clock.now());
  const changed = await changeAction(
    runtime,
    run.runId,
    record.key,
    { set: decisionAttributes(runtime, action, started, attempt, end, ended, next) },
    all(equals("attempt", attempt.n), absent("answer")),
  );
  if (changed === undefined) {
    // Somebody else decided in the meantime, by the same recorded end; or the machine moved on and settled the action.
    return (await readActionRecord(runtime, run.runId, record.key)) ?? record;
  }
  if (hasActionEnded(changed.status)) {
    await publishActionStatus(runtime, run, changed);
  }
  return changed;
}

function decisionAttributes(
  runtime: Runtime,
  action: PlanAction,
  record: ActionRecord,
  attempt: AttemptRecord,
  end: AttemptEnd,
  ended: ActionEnd,
  next: Next,
): Item {
  const outcome = {
    startedAt: record.startedAt,
    exitCode: ended.exitCode,
    error: ended.error,
    logTail: end.logTail.length > 0 ? [...end.logTail] : undefined,
    directories: end.directories,
    files: end.files,
    breakProblem: next.breakProblem,
    answered: false,
    living: LIVING_ANSWER,
    checkAt: runtime.clock.now() + ANSWER_SECONDS * 1000,
  };
  if (next.kind === "end") {
    const answer = answerFor(runtime, action, record, ended, { endedAt: end.endedAt, log: attempt.log });
    return { ...outcome, status: ended.status, reason: next.reason, endedAt: end.endedAt, answer };
  }
  const cause = `${ended.error?.message ?? `action "${action.alias}" ended`}; attempt ${attempt.n + 1} follows`;
  return {
    ...outcome,
    status: "running",
    iteration: next.iteration,
    retry: next.retry,
    answer: { kind: "failure", error: next.errorName, cause },
  };
}

/** Evaluates `break` over what the run has put out so far. Default: `task_status == 'Success'`. */
function breakJudge(runtime: Runtime, run: RunRecord, action: PlanAction, ended: ActionEnd): JudgeBreak {
  return async (loop) => {
    if (loop.break === undefined) {
      return { isMet: ended.status === "succeeded" };
    }
    const [plan, records] = await Promise.all([
      readPlanIndex(runtime, run.planHash),
      readActionRecords(runtime, run.runId),
    ]);
    const judged = await judgeExpression(runtime, { run, plan, action, records }, loop.break, {
      task_status: TASK_STATUS[ended.status],
      pipeline_status: judgeStages(plan, records, action.stage).isFailing ? "Failed" : "Running",
    });
    return judged.ok ? { isMet: judged.value === true } : { isMet: false, problem: judged.message };
  };
}

/** Erda's names in `loop.break`. Source: reference/erda.md 3.3. */
const TASK_STATUS = {
  succeeded: "Success",
  failed: "Failed",
  timedOut: "Timeout",
  cancelled: "StopByUser",
  skipped: "NoNeedBySystem",
} as const satisfies { readonly [status in ActionEnd["status"]]: string };
