import { hasName } from "../../errors/has-name.ts";
import { readRunRecord } from "../../records/run.ts";
import { hasRunEnded } from "../../records/statuses.ts";
import { RunNotFoundError } from "../../runs/read-run.ts";
import { stopRun } from "../../runs/stop-run.ts";
import type { ApiAnswer } from "../answer.ts";
import { ApiProblem } from "../problem.ts";
import { type ApiRequest, pathParameter } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import type { cancelledRun } from "../schemas.ts";

/** `POST /runs/{runId}/cancel`: 202, its actions end within seconds; 200 where it was cancelled before. */
export async function cancel(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const runId = pathParameter(request, "runId");
  const run = await readRunRecord(runtime, runId);
  if (run === undefined) {
    throw new RunNotFoundError(`There is no run "${runId}".`);
  }
  const body: ReturnType<(typeof cancelledRun)["parse"]> = { runId, status: run.status };
  if (run.status === "cancelled") {
    return { status: 200, body };
  }
  if (hasRunEnded(run.status)) {
    throw new ApiProblem("conflict", `Run "${runId}" has ended already: it is "${run.status}".`);
  }
  try {
    await stopRun(runtime, runId, `Cancelled by ${request.caller}.`);
  } catch (error) {
    if (hasName(error, "ExecutionDoesNotExist")) {
      throw new ApiProblem("conflict", `Run "${runId}" is recorded and not yet started. Try again.`);
    }
    throw error;
  }
  return { status: 202, body };
}
