import { readRunRecord } from "../records/run.ts";
import { type ExecutionStatusChange, observedExecution } from "../runs/observed-execution.ts";
import { runIdOf } from "../runs/run-id.ts";
import { stopAttempts } from "../runs/stop-attempts.ts";
import type { Runtime } from "../runtime.ts";
import type { CANCEL_RUN_RULE } from "./contract.ts";

/** Why attempts are stopped, by the status of their execution. */
const REASONS = {
  ABORTED: "the run was cancelled",
  TIMED_OUT: "the run timed out",
  FAILED: "the run failed",
} as const satisfies { readonly [status in (typeof CANCEL_RUN_RULE)["detail"]["status"][number]]: string };

/** Stops what lives of an execution that has ended: Step Functions tells no callback Task of it. */
export async function cancelRun(runtime: Runtime, event: ExecutionStatusChange): Promise<void> {
  const { executionArn, status, redrive } = observedExecution(event);
  const run = await readRunRecord(runtime, runIdOf(executionArn));
  const isOurs = run?.executionArn === executionArn;
  if (isOurs && (status === "ABORTED" || status === "TIMED_OUT" || status === "FAILED")) {
    await stopAttempts(runtime, run.runId, redrive, REASONS[status]);
  }
}
