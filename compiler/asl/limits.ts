/** Largest definition, in UTF-8 bytes. Source: reference/aws.md 3.1. */
export const LARGEST_DEFINITION_BYTES = 1_048_576;
/** History events after which Step Functions ends an execution. Source: reference/aws.md 3.1. */
export const MOST_HISTORY_EVENTS = 25_000;
/** Step Functions ends a standard execution after a year, so no state and no pause needs longer. Source: reference/aws.md 3.1. */
export const LONGEST_EXECUTION_SECONDS = 31_536_000;
/** Largest `Seconds` of a Wait state. Source: https://states-language.net/spec.html */
export const LONGEST_WAIT_STATE_SECONDS = 99_999_999;
