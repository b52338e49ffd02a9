/** The JSON that Lambda answers in place of a result when a handler of the Node.js runtime throws. */
export interface FunctionErrorPayload {
  /** `name` of the error: what `ErrorEquals` in a state machine is matched against. */
  readonly errorType: string;
  readonly errorMessage: string;
  /** Stack, one line an element. Node's runtime calls it `trace` (Python's: `stackTrace`). */
  readonly trace: readonly string[];
}

/**
 * Turns whatever a handler threw into Lambda's error payload.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function toErrorPayload(thrown: unknown): FunctionErrorPayload {
  if (thrown instanceof Error) {
    return {
      errorType: thrown.name === "" ? "Error" : thrown.name,
      errorMessage: thrown.message,
      trace: (thrown.stack ?? "").split("\n"),
    };
  }
  return {
    errorType: typeof thrown,
    errorMessage: typeof thrown === "string" ? thrown : (JSON.stringify(thrown) ?? String(thrown)),
    trace: [],
  };
}

/** What Lambda answers for a handler that ran longer than its function's timeout. */
export function timeoutPayload(requestId: string, timeoutSeconds: number): FunctionErrorPayload {
  return {
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    trace: [],
  };
}
