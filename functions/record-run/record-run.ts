import { readRunRecord } from "../records/run.ts";
import { endRun } from "../runs/end-run.ts";
import { markRunning } from "../runs/load-run.ts";
import { type ObservedExecution, observedExecution } from "../runs/observed-execution.ts";
import { runIdOf } from "../runs/run-id.ts";
import type { Runtime } from "../runtime.ts";
import type { RecordRunInput } from "./contract.ts";
import { endOfRun } from "./end-of-run.ts";

/** Records what an execution does, or answers the Task `end of run`. */
export function recordRun(runtime: Runtime, input: RecordRunInput): Promise<void> {
  return "detail" in input ? recordExecution(runtime, observedExecution(input)) : endOfRun(runtime, input);
}

/**
 * Records the status of an execution. Events come twice and out of order: an end is never taken back but by a higher
 * redrive count. An execution without a run is none of ours, or its first action will record it.
 */
export async function recordExecution(runtime: Runtime, observed: ObservedExecution): Promise<void> {
  const run = await readRunRecord(runtime, runIdOf(observed.executionArn));
  if (run === undefined || run.executionArn !== observed.executionArn || observed.redrive < run.redrive) {
    return;
  }
  if (observed.status === "RUNNING") {
    await markRunning(runtime, run, observed.redrive);
  } else {
    await endRun(runtime, run, observed);
  }
}
