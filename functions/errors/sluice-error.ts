import { SLUICE_ERRORS } from "../../compiler/index.ts";

/** One of the names that stand in `SLUICE_ERRORS`; Step Functions matches them in `ErrorEquals`. */
export type SluiceErrorName = (typeof SLUICE_ERRORS)[keyof typeof SLUICE_ERRORS];

/** An error that leaves a function. `name` is the wire contract, `message` is one line for whoever looks at the console. */
export class SluiceError extends Error {
  constructor(name: SluiceErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** A passing fault: Step Functions calls again with a new token. */
export function retryable(message: string, cause?: unknown): SluiceError {
  return new SluiceError(SLUICE_ERRORS.retryable, message, cause === undefined ? undefined : { cause });
}
