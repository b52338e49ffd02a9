import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { RunNotFoundError } from "./read-run.ts";

/** Cancels a run: stops its execution, whose status event makes `cancel-run` and `record-run` do the rest. */
export async function stopRun(runtime: Runtime, runId: string, cause: string): Promise<void> {
  const run = await readRunRecord(runtime, runId);
  if (run === undefined) {
    throw new RunNotFoundError(`There is no run "${runId}".`);
  }
  await runtime.clients.states.send(new StopExecutionCommand({ executionArn: run.executionArn, cause }));
}
