import type { Failure } from "@aws-sdk/client-ecs";
import { RetryableExecutorError, TerminalExecutorError } from "../executor-error.ts";
import { isTransient } from "../is-transient.ts";

/** Reasons in `failures` of RunTask that pass by themselves; the text before a colon is the reason's kind. */
const RETRYABLE_REASONS = new Set(["RESOURCE", "AGENT", "EMPTY CAPACITY PROVIDER", "LOCATION"]);

/** What Fargate answers where a zone is full; the API has no code for it, this sentence is its documented reason. */
const NO_CAPACITY = "Capacity is unavailable at this time";

/** Translates what the SDK threw; `cause` is kept. */
export function ecsError(operation: string, cause: unknown): Error {
  const name = cause instanceof Error ? cause.name : "Error";
  const message = `ECS ${operation}: ${cause instanceof Error ? `${name}: ${cause.message}` : String(cause)}`;
  const retryable = isTransient(cause) || (cause instanceof Error && cause.message.startsWith(NO_CAPACITY));
  return retryable ? new RetryableExecutorError(message, { cause }) : new TerminalExecutorError(message, { cause });
}

/** Translates the reasons why RunTask, which answered 200, started nothing. */
export function runTaskFailure(failures: readonly Failure[]): Error {
  const reasons = failures.map(({ reason = "unknown reason", detail }) => (detail ? `${reason} (${detail})` : reason));
  const retryable = failures.some(
    ({ reason = "" }) => RETRYABLE_REASONS.has(reason.split(":")[0] ?? "") || reason.startsWith(NO_CAPACITY),
  );
  const message = `ECS RunTask started no task: ${reasons.join(", ") || "no reason was given"}`;
  return retryable ? new RetryableExecutorError(message) : new TerminalExecutorError(message);
}
