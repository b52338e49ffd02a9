import { referenceOf } from "../../attempts/executor-of.ts";
import type { ApiAnswer } from "../answer.ts";
import { findAction, findAttempt, findExecutor } from "../find-action.ts";
import type { ApiRequest } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import type { inspection } from "../schemas.ts";

/** `GET /runs/{runId}/actions/{action}/inspect`: what a person would look at when an attempt hangs. */
export async function inspect(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const found = await findAction(runtime, request);
  const attempt = await findAttempt(runtime, found);
  const executor = await findExecutor(runtime, attempt);
  const { runId, key, n, handle, startedAt, lastSeen, cancelReason, end, allotment, log } = attempt;
  const body: ReturnType<(typeof inspection)["parse"]> = {
    runId,
    action: key,
    alias: found.summary.alias,
    attempt: n,
    executor: attempt.executor,
    ...(handle !== undefined && { handle }),
    acceptedAt: attempt.acceptedAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(lastSeen !== undefined && { lastSeen: new Date(lastSeen).toISOString() }),
    deadlineAt: new Date(attempt.deadlineAt).toISOString(),
    ...(cancelReason !== undefined && { cancelReason }),
    ...(end !== undefined && { end: end.kind }),
    ...(allotment !== undefined && { allotment }),
    ...(log !== undefined && { log }),
    text: await executor.inspect(referenceOf(attempt)),
  };
  return { status: 200, body };
}
