import { SLUICE_ERRORS } from "../../compiler/index.ts";

/**
 * Error names of AWS services and error codes of Node's network stack after which the same call may succeed a little
 * later. Source: AWS, "Common Errors" of the services that are called, and "Amazon ECS API failure reasons".
 */
const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  "BandwidthLimitExceeded",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "InternalFailure",
  "InternalServerError",
  "LimitExceededException",
  "NetworkingError",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestTimeout",
  "RequestTimeoutException",
  "ServerException",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "TimeoutError",
  "TooManyRequestsException",
  "TooManyUpdates",
  "TransactionInProgressException",
  "UpdateInProgressException",
  SLUICE_ERRORS.retryable,
]);

/** Whether the fault passes by itself. Decided by name, code and status, never by the text of the message. */
export function isTransient(error: unknown): boolean {
  if (typeof error !== "object" || error === null) {
    return false;
  }
  if ("name" in error && typeof error.name === "string" && TRANSIENT_NAMES.has(error.name)) {
    return true;
  }
  if ("code" in error && typeof error.code === "string" && TRANSIENT_NAMES.has(error.code)) {
    return true;
  }
  const status = "$metadata" in error ? httpStatus(error.$metadata) : undefined;
  return status !== undefined && (status === 429 || status >= 500);
}

function httpStatus(metadata: unknown): number | undefined {
  return typeof metadata === "object" &&
    metadata !== null &&
    "httpStatusCode" in metadata &&
    typeof metadata.httpStatusCode === "number"
    ? metadata.httpStatusCode
    : undefined;
}
