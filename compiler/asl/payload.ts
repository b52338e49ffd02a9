/**
 * What a Task sends to its function: constants of the compiler and references to the context object, no user text.
 * The functions validate it against the same shape (`functions/execute-action/contract.ts`).
 */
export interface TaskPayload {
  /** `$states.context.Task.Token`; absent for kinds that answer in the function call. */
  readonly token?: string;
  /** `$states.context.Execution.Id`: the execution's ARN; its last part is the run id. */
  readonly execution: string;
  /** `$states.context.Execution.RedriveCount`. */
  readonly redrive: number;
  /** Pipeline key, for a run that was started from the AWS console and has no run item yet. */
  readonly pipeline: string;
  /** Action key; absent in the payload of `end of run`. */
  readonly action?: string;
}
