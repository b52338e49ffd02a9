import type { Document } from "../document.ts";
import { STATES_ERRORS } from "../error-names.ts";
import type { EventDetails } from "../history/event.ts";
import { outputDetails, recordEnd } from "../history/record.ts";
import type { StepContext } from "./context.ts";
import type { Execution, ExecutionStatus } from "./execution.ts";
import type { Failure } from "./failure.ts";

/** The machine's own flow has ended. */
export function succeedExecution(context: StepContext, output: Document, previousEventId: number): void {
  const details = ["executionSucceededEventDetails", outputDetails(output)] as const;
  recordEnd(context, previousEventId, "ExecutionSucceeded", details);
  context.execution.output = output;
  end(context, "SUCCEEDED");
}

/** A failure that nothing in the machine has caught. */
export function failExecution(context: StepContext, failure: Failure, previousEventId: number): void {
  recordEnd(context, previousEventId, "ExecutionFailed", ["executionFailedEventDetails", failureDetails(failure)]);
  setFailure(context.execution, failure);
  end(context, "FAILED");
}

/** The machine's own TimeoutSeconds are over. */
export function timeOutExecution(context: StepContext): void {
  const failure = { error: STATES_ERRORS.timeout, cause: undefined };
  const details = ["executionTimedOutEventDetails", failureDetails(failure)] as const;
  recordEnd(context, lastEventOf(context.execution), "ExecutionTimedOut", details);
  setFailure(context.execution, failure);
  end(context, "TIMED_OUT");
}

/** StopExecution: nothing is recorded for the states that were under way. */
export function abortExecution(context: StepContext, failure: Failure): void {
  const details = ["executionAbortedEventDetails", failureDetails(failure)] as const;
  recordEnd(context, lastEventOf(context.execution), "ExecutionAborted", details);
  setFailure(context.execution, failure);
  end(context, "ABORTED");
}

/** Members that are not known are left out, as AWS does. */
export function failureDetails({ error, cause }: Failure): EventDetails {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

function setFailure(execution: Execution, { error, cause }: Failure): void {
  if (error !== undefined) execution.error = error;
  if (cause !== undefined) execution.cause = cause;
}

function lastEventOf(execution: Execution): number {
  return execution.frames[0]?.previousEventId ?? execution.history.length;
}

function end(context: StepContext, status: ExecutionStatus): void {
  const { execution } = context;
  execution.status = status;
  execution.stopDate = context.now;
  for (const id of Object.keys(execution.frames)) delete execution.frames[Number(id)];
  context.ready.length = 0;
}
