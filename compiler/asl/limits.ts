/** Largest definition, in UTF-8 bytes. Source: reference/aws.md 3.1. */
export const DEFINITION_MAX_BYTES = 1_048_576;
/** History events after which Step Functions ends an execution. Source: reference/aws.md 3.1. */
export const MAX_HISTORY_EVENTS = 25_000;
