/**
 * Every error name that our functions report to Step Functions. Emitted `ErrorEquals` may use only these, the
 * `Lambda.*` names below and `States.*`; a name is a wire contract.
 */
export const SLUICE_ERRORS = {
  /** The action ran and failed: exit code, signal, failed preparation, an expression that cannot be evaluated. */
  actionFailed: "Sluice.ActionFailed",
  /** The action used up its own running time. */
  actionTimedOut: "Sluice.ActionTimedOut",
  /** The run was cancelled while the action was under way. */
  actionCancelled: "Sluice.ActionCancelled",
  /** The loop or retry policy of the action wants another try; suffixed with the delay where one retrier per delay is needed. */
  again: "Sluice.Again",
  /** A passing fault of the platform (throttled, no capacity): tried again by the retrier of every Task. */
  retryable: "Sluice.Retryable",
  /** Raised by `end of run`: names the failed actions of a run in which something was caught. */
  runFailed: "Sluice.RunFailed",
} as const;

/** Errors of the Lambda service itself, after which the same Task is tried again. Source: reference/aws.md 3.5. */
export const LAMBDA_ERRORS = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
  "Sandbox.Timedout",
] as const;

/** `Sluice.Again.5`: the retrier that waits five seconds. */
export function againErrorName(delaySeconds: number | undefined): string {
  return delaySeconds === undefined ? SLUICE_ERRORS.again : `${SLUICE_ERRORS.again}.${delaySeconds}`;
}
