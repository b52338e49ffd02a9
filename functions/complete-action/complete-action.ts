import { stopReason, taskStatus } from "../../actions/index.ts";
import { AGENT_ENVIRONMENT } from "../../agent/protocol.ts";
import { endAttempt } from "../attempts/end-attempt.ts";
import { executorOf, referenceOf } from "../attempts/executor-of.ts";
import { observedEnd } from "../attempts/observed-end.ts";
import { settleAttempt } from "../attempts/settle-attempt.ts";
import { type AttemptRecord, changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent, all, any, below, present } from "../records/condition.ts";
import { parseAttemptId } from "../records/keys.ts";
import type { Runtime } from "../runtime.ts";
import type { TaskStateChange } from "./contract.ts";

/**
 * The backstop behind the agent's own report: an ECS task has stopped, or AWS is about to take it away. Where the agent
 * has reported, this completes what the report left undone; where it has not, the attempt ends by what ECS says.
 */
export async function completeAction(runtime: Runtime, { detail }: TaskStateChange): Promise<void> {
  const name = parseAttemptId(attemptIdOf(detail) ?? "");
  const attempt = name && (await readAttempt(runtime, name));
  if (attempt === undefined || !(await isTaskOf(runtime, attempt, detail.taskArn))) {
    return;
  }
  if (detail.lastStatus !== "STOPPED") {
    // The agent will be asked to end and report that; by then it is known why.
    const { cause, reason } = stopReason(detail);
    if (cause === "interrupted") {
      await changeAttempt(runtime, attempt, { setOnce: { interruption: reason } }, all(present("pk"), absent("end")));
    }
    return;
  }
  const newest = await changeAttempt(
    runtime,
    attempt,
    { set: { taskVersion: detail.version } },
    all(present("pk"), any(absent("taskVersion"), below("taskVersion", detail.version + 1))),
  );
  const status = taskStatus(detail);
  if (newest?.end !== undefined) {
    await settleAttempt(runtime, newest, { isGone: true });
  } else if (newest && status.phase === "ended") {
    const end = observedEnd(newest, status, runtime.clock.now());
    await endAttempt(runtime, newest, { end }, { isGone: true });
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
  const executor = await executorOf(runtime, attempt.executor);
  const existence = await executor.exist(referenceOf(attempt));
  return existence.handle === taskArn;
}
