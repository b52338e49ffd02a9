/** `agent-api` answered 409: the attempt has ended and the agent must stop at once, without a report. */
export class AttemptEndedError extends Error {
  override readonly name = "AttemptEndedError";
}

/** `agent-api` refused a call (400, 401, …): sending it again would not help. */
export class ApiRefusedError extends Error {
  override readonly name = "ApiRefusedError";
  readonly status: number;

  /** `detail` is what the other side says is wrong. */
  constructor(call: string, status: number, detail?: string) {
    super(`agent-api refused "${call}" with status ${status}${detail === undefined ? "." : `: ${detail}`}`);
    this.status = status;
  }
}

/** `agent-api` could not be reached for so long that the other side counts the attempt as lost. */
export class ApiUnreachableError extends Error {
  override readonly name = "ApiUnreachableError";
}
