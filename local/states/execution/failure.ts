import { STATES_ERRORS } from "../error-names.ts";

/** Why a state failed. */
export interface Failure {
  /** Undefined only where a Fail state names none. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Another name by which Retry and Catch may know it. */
  readonly alsoKnownAs?: string;
}

/** Thrown inside a step: the state fails; its Retry and Catch come next. */
export class StateFailedError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.cause ?? failure.error);
    this.name = "StateFailedError";
    this.failure = failure;
  }
}

/** Thrown inside a step: the history has no room for anything but the end of the execution. */
export class HistoryFullError extends Error {}

/** The failure of a state whose data is larger than a document may be. */
export function dataLimitExceeded(stateOrTask: string): Failure {
  return {
    error: STATES_ERRORS.dataLimitExceeded,
    cause: `The state/task '${stateOrTask}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  };
}

/** The names that `ErrorEquals` is compared with. */
export function namesOf(failure: Failure): readonly string[] {
  return [failure.error, failure.alsoKnownAs].filter((name) => name !== undefined);
}
