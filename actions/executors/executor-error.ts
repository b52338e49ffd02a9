import { SLUICE_ERRORS } from "../../compiler/index.ts";

/**
 * A passing fault of what an executor works with (throttled, no capacity, not reachable): the same call may succeed
 * later. Its name is what the retrier of every Task matches.
 */
export class RetryableExecutorError extends Error {
  override readonly name = SLUICE_ERRORS.retryable;
}

/** The attempt can never start like this (bad image name, no such cluster, access denied): trying again is useless. */
export class TerminalExecutorError extends Error {
  override readonly name = SLUICE_ERRORS.actionFailed;
}

/** The executor's kind cannot do this at all. */
export class UnsupportedOperationError extends Error {
  override readonly name = "UnsupportedOperation";

  constructor(kind: string, operation: string) {
    super(`Executors of the kind "${kind}" do not support "${operation}".`);
  }
}
