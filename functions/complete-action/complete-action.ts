import { AGENT_ENVIRONMENT, CONTAINERS } from "../../agent/protocol.ts";
import { endAttempt, unreportedEnd } from "../attempts/end-attempt.ts";
import { executorOf, referenceOf } from "../attempts/start-attempt.ts";
import { type AttemptEnd, type AttemptRecord, changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent, any, below } from "../records/condition.ts";
import { parseAttemptId } from "../records/keys.ts";
import type { Runtime } from "../runtime.ts";
import type { TaskStateChange } from "./contract.ts";

/**
 * The backstop behind the agent's own report: an ECS task has stopped. Where the agent has reported, this completes
 * what the report left undone; where it has not, the attempt ends by what ECS says.
 */
export async function completeAction(runtime: Runtime, { detail }: TaskStateChange): Promise<void> {
  const name = parseAttemptId(attemptIdOf(detail) ?? "");
  const attempt = name && (await readAttempt(runtime, name));
  if (attempt === undefined || detail.lastStatus !== "STOPPED" || !(await isTaskOf(runtime, attempt, detail.taskArn))) {
    return;
  }
  const newest = await changeAttempt(
    runtime,
    attempt,
    { set: { taskVersion: detail.version } },
    any(absent("taskVersion"), below("taskVersion", detail.version + 1)),
  );
  if (newest) {
    await endAttempt(runtime, attempt, { end: endOf(detail, attempt, runtime.clock.now()) });
  }
}

function attemptIdOf(detail: TaskStateChange["detail"]): string | undefined {
  const environment = detail.overrides.containerOverrides.flatMap((override) => override.environment);
  return environment.find(({ name }) => name === AGENT_ENVIRONMENT.attempt)?.value;
}

/** Anybody who may run tasks in the account can write our variable into one; only the executor's own task counts. */
async function isTaskOf(runtime: Runtime, attempt: AttemptRecord, taskArn: string): Promise<boolean> {
  if (attempt.handle !== undefined) {
    return attempt.handle === taskArn;
  }
  const existence = await executorOf(runtime, attempt.executor).exist(referenceOf(attempt));
  return existence.handle === taskArn;
}

function endOf(detail: TaskStateChange["detail"], attempt: AttemptRecord, now: number): AttemptEnd {
  const main = detail.containers.find((container) => container.name === CONTAINERS.main);
  const reasons = [
    detail.stopCode,
    detail.stoppedReason,
    ...detail.containers.flatMap(({ name, reason }) => (reason === undefined ? [] : [`container ${name}: ${reason}`])),
  ].filter((text) => text !== undefined && text !== "");
  const message = `its task stopped${reasons.length > 0 ? ` (${reasons.join("; ")})` : ""} without a report`;
  const hasNeverStarted = detail.stopCode === "TaskFailedToStart" && attempt.secretHash === undefined;
  return unreportedEnd(hasNeverStarted ? "failedToPrepare" : "lost", message, now, main?.exitCode);
}
