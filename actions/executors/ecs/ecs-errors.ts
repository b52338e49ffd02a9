import type { Failure } from "@aws-sdk/client-ecs";
import { RetryableExecutorError, TerminalExecutorError } from "../executor-error.ts";

/** Error codes of ECS and of the SDK after which the same call may succeed. Source: AWS, "Amazon ECS API failure reasons" and "Common Errors". */
const RETRYABLE_CODES = new Set([
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "ServerException",
  "ServiceUnavailable",
  "LimitExceededException",
  "UpdateInProgressException",
  "RequestTimeout",
  "TimeoutError",
  "NetworkingError",
]);

/** Codes of Node's sockets: the request did not get through. */
const NETWORK_CODES = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);

/** Reasons in `failures` of RunTask that pass by themselves; the text before a colon is the reason's kind. */
const RETRYABLE_REASONS = new Set(["RESOURCE", "AGENT", "EMPTY CAPACITY PROVIDER", "LOCATION"]);

/** What Fargate answers where a zone is full; the API has no code for it, this sentence is its documented reason. */
const NO_CAPACITY = "Capacity is unavailable at this time";

/** Translates what the SDK threw; `cause` is kept. */
export function ecsError(operation: string, cause: unknown): Error {
  const name = cause instanceof Error ? cause.name : "Error";
  const message = `ECS ${operation}: ${cause instanceof Error ? `${name}: ${cause.message}` : String(cause)}`;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  const retryable =
    RETRYABLE_CODES.has(name) ||
    NETWORK_CODES.has(code) ||
    statusCode(cause) >= 500 ||
    (cause instanceof Error && cause.message.startsWith(NO_CAPACITY));
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

function statusCode(cause: unknown): number {
  const metadata = typeof cause === "object" && cause !== null && "$metadata" in cause ? cause.$metadata : undefined;
  const status =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata ? metadata.httpStatusCode : 0;
  return typeof status === "number" ? status : 0;
}
