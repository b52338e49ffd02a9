import { UnsupportedOperationError } from "../../../actions/index.ts";
import { referenceOf } from "../../attempts/executor-of.ts";
import type { ApiAnswer } from "../answer.ts";
import { findAction, findAttempt, findExecutor } from "../find-action.ts";
import { ApiProblem } from "../problem.ts";
import { type ApiRequest, readBody } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import { actionUpdate, type updatedAction } from "../schemas.ts";

/** `POST /runs/{runId}/actions/{action}/update`: changes what can be changed of a living attempt. */
export async function update(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const change = readBody(request, actionUpdate);
  const found = await findAction(runtime, request);
  const attempt = await findAttempt(runtime, found);
  if (attempt.end !== undefined) {
    const detail = `Attempt ${attempt.n} of action "${found.summary.alias}" has ended; nothing of it can be changed.`;
    throw new ApiProblem("conflict", detail);
  }
  const executor = await findExecutor(runtime, attempt);
  try {
    await executor.update(referenceOf(attempt), change);
  } catch (error) {
    if (error instanceof UnsupportedOperationError) {
      const detail = `Executor "${attempt.executor}" is of the kind "${executor.kind}", which can change nothing of a living attempt.`;
      throw new ApiProblem("conflict", detail, {}, { cause: error });
    }
    throw error;
  }
  const body: ReturnType<(typeof updatedAction)["parse"]> = {
    runId: attempt.runId,
    action: attempt.key,
    attempt: attempt.n,
  };
  return { status: 200, body };
}
