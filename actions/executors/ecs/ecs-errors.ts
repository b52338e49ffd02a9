import type { Failure } from "@aws-sdk/client-ecs";
import { RetryableExecutorError, TerminalExecutorError } from "../executor-error.ts";
import { isTransient } from "../is-transient.ts";

/** Reasons in `failures` of RunTask that pass by themselves; the text before a colon is the reason's kind. */
const RETRYABLE_REASONS = new Set(["RESOURCE", "AGENT", "EMPTY CAPACITY PROVIDER", "LOCATION"]);

/**
 * What ECS answers where a zone is full or a quota of tasks is used up; the API has no codes for it, these are the
 * beginnings of its documented sentences. Source: AWS, "Amazon ECS API failure reasons".
 */
const PASSING_SENTENCES = ["Capacity is unavailable at this time", "You've reached the limit"] as const;

/** Translates what the SDK threw; `cause` is kept. */
export function ecsError(operation: string, cause: unknown): Error {
  const name = cause instanceof Error ? cause.name : "Error";
  const message = `ECS ${operation}: ${cause instanceof Error ? `${name}: ${cause.message}` : String(cause)}`;
  const retryable = isTransient(cause) || (cause instanceof Error && isPassing(cause.message));
  return retryable ? new RetryableExecutorError(message, { cause }) : new TerminalExecutorError(message, { cause });
}

/** Waits for a call; what it throws is translated. */
export async function attemptTo<Output>(operation: string, call: Promise<Output>): Promise<Output> {
  try {
    return await call;
  } catch (error) {
    throw ecsError(operation, error);
  }
}

/** Translates the reasons why RunTask, which answered 200, started nothing. */
export function runTaskFailure(failures: readonly Failure[]): Error {
  const reasons = failures.map(({ reason = "unknown reason", detail }) => (detail ? `${reason} (${detail})` : reason));
  const retryable = failures.some(
    ({ reason = "" }) => RETRYABLE_REASONS.has(reason.split(":")[0] ?? "") || isPassing(reason),
  );
  const message = `ECS RunTask started no task: ${reasons.join(", ") || "no reason was given"}`;
  return retryable ? new RetryableExecutorError(message) : new TerminalExecutorError(message);
}

function isPassing(text: string): boolean {
  return PASSING_SENTENCES.some((beginning) => text.startsWith(beginning));
}
