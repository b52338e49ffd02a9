import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { SLUICE_ERRORS } from "../../compiler/index.ts";
import { RUN_CHECK_SECONDS } from "../attempts/limits.ts";
import { hasName } from "../errors/has-name.ts";
import { recordExecution } from "../record-run/record-run.ts";
import { equals, oneOf } from "../records/condition.ts";
import { changeRun, type RunRecord, readRunRecord } from "../records/run.ts";
import { OPEN_RUN_STATUSES } from "../records/statuses.ts";
import type { ObservedExecution } from "../runs/observed-execution.ts";
import { stopAttempts } from "../runs/stop-attempts.ts";
import type { Runtime } from "../runtime.ts";

/** A run whose execution does not exist after this time was recorded by a submission that crashed before it started it. */
const NEVER_STARTED_SECONDS = 600;

/** Asks Step Functions about one run: the status event is best effort. */
export async function sweepRun(runtime: Runtime, runId: string): Promise<void> {
  const run = await readRunRecord(runtime, runId);
  if (run === undefined) {
    return;
  }
  const observed = await observe(runtime, run);
  const now = runtime.clock.now();
  if (observed === undefined) {
    await endUnstarted(runtime, run, now);
  } else if (observed.status !== "RUNNING" && observed.status !== "PENDING_REDRIVE") {
    await recordExecution(runtime, observed);
    if (observed.status !== "SUCCEEDED") {
      await stopAttempts(runtime, runId, observed.redrive, "its run has ended");
    }
    return;
  } else {
    await recordExecution(runtime, observed);
  }
  const checkAt = now + RUN_CHECK_SECONDS * 1000;
  await changeRun(runtime, runId, { set: { checkAt } }, oneOf("status", OPEN_RUN_STATUSES));
}

async function observe(runtime: Runtime, run: RunRecord): Promise<ObservedExecution | undefined> {
  try {
    const described = await runtime.clients.states.send(
      new DescribeExecutionCommand({ executionArn: run.executionArn }),
    );
    return {
      executionArn: run.executionArn,
      status: described.status ?? "RUNNING",
      redrive: described.redriveCount ?? 0,
      error: described.error ? { name: described.error, cause: described.cause ?? "" } : undefined,
      endedAt: described.stopDate?.getTime(),
    };
  } catch (error) {
    if (hasName(error, "ExecutionDoesNotExist")) {
      return undefined;
    }
    throw error;
  }
}

async function endUnstarted(runtime: Runtime, run: RunRecord, now: number): Promise<void> {
  if (now - Date.parse(run.createdAt) < NEVER_STARTED_SECONDS * 1000) {
    return;
  }
  const error = { name: SLUICE_ERRORS.runFailed, cause: "its execution was never started; submit it again" };
  await changeRun(
    runtime,
    run.runId,
    { set: { status: "failed", error, endedAt: new Date(now).toISOString() }, remove: ["living", "checkAt"] },
    equals("status", "queued"),
  );
}
