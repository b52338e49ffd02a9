import { SendTaskHeartbeatCommand } from "@aws-sdk/client-sfn";
import type { HeartbeatRequest, HeartbeatResponse } from "../../agent/protocol.ts";
import { GRACE_SECONDS, LONGEST_EXECUTION_SECONDS } from "../../compiler/index.ts";
import { ignoringEndedTasks } from "../attempts/answer-task.ts";
import { secondsLeft, UNSEEN_SECONDS } from "../attempts/limits.ts";
import { whyStopped } from "../attempts/why-stopped.ts";
import { publishActionStatus } from "../events/publish-event.ts";
import { readPlanAction } from "../plans/read-plan.ts";
import { type ActionRecord, changeAction, readActionRecord } from "../records/action.ts";
import { type AttemptRecord, changeAttempt } from "../records/attempt.ts";
import { absent, all, equals, oneOf } from "../records/condition.ts";
import { changeRun, type RunRecord, readRunRecord } from "../records/run.ts";
import { OPEN_RUN_STATUSES } from "../records/statuses.ts";
import type { Runtime } from "../runtime.ts";
import { refuseEnded } from "./authenticate.ts";
import { HttpProblem } from "./http-problem.ts";

/** Notes that the attempt lives, tells Step Functions, and answers whether it is to end. */
export async function heartbeat(
  runtime: Runtime,
  attempt: AttemptRecord,
  { phase }: HeartbeatRequest,
): Promise<HeartbeatResponse> {
  refuseEnded(attempt);
  const [run, record] = await Promise.all([
    readRunRecord(runtime, attempt.runId),
    readActionRecord(runtime, attempt.runId, attempt.key),
  ]);
  if (run !== undefined && whyStopped(run, attempt) !== undefined) {
    return { cancel: true };
  }
  if (run === undefined || record === undefined || record.attempt !== attempt.n || record.answer !== undefined) {
    throw new HttpProblem(409, "The action goes on with another attempt.");
  }
  const now = runtime.clock.now();
  const seen = { lastSeen: now, checkAt: now + UNSEEN_SECONDS * 1000 };
  if (phase === "running" && attempt.startedAt === undefined) {
    await noteRunning(runtime, run, record, attempt, seen);
  } else {
    await changeAttempt(runtime, attempt, { set: seen }, absent("end"));
  }
  let isAwaited = false;
  for (const taskToken of record.tokens ?? []) {
    const isTaken = await ignoringEndedTasks(async () => {
      await runtime.clients.states.send(new SendTaskHeartbeatCommand({ taskToken }));
    });
    isAwaited ||= isTaken;
  }
  if (!isAwaited) {
    // Nobody waits for this attempt any more: its execution may have ended, and the event of that may be lost.
    await changeRun(runtime, run.runId, { set: { checkAt: now } }, oneOf("status", OPEN_RUN_STATUSES));
  }
  return { cancel: false };
}

/** The scripts have started: from here the action's time counts. */
async function noteRunning(
  runtime: Runtime,
  run: RunRecord,
  record: ActionRecord,
  attempt: AttemptRecord,
  seen: { readonly lastSeen: number; readonly checkAt: number },
): Promise<void> {
  const startedAt = new Date(seen.lastSeen).toISOString();
  const running = await changeAction(
    runtime,
    run.runId,
    record.key,
    { set: { status: "running" }, setOnce: { startedAt } },
    all(equals("attempt", attempt.n), absent("answer")),
  );
  const action = await readPlanAction(runtime, run.planHash, record.key);
  const left = secondsLeft(action, running ?? record, seen.lastSeen) ?? LONGEST_EXECUTION_SECONDS;
  const deadlineAt = seen.lastSeen + (left + GRACE_SECONDS) * 1000;
  await changeAttempt(runtime, attempt, { set: { ...seen, deadlineAt }, setOnce: { startedAt } }, absent("end"));
  if (running) {
    await publishActionStatus(runtime, run, running);
  }
}
