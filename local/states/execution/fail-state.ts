import { documentOf } from "../document.ts";
import { matchesError, STATES_ERRORS } from "../error-names.ts";
import { record, recordAfter } from "../history/record.ts";
import { QueryError } from "../query/query-error.ts";
import type { Step } from "../step.ts";
import { abortFrames, stopActivity } from "./abort.ts";
import { runOf, type StepContext, startTimer, stateNamed } from "./context.ts";
import type { Frame } from "./execution.ts";
import { type Failure, namesOf, StateFailedError } from "./failure.ts";
import { leaveState } from "./leave.ts";
import { takeRetry } from "./retry.ts";

/** Does work for the frame's state; if it fails, the state's Retry and Catch come next. */
export function* guardState(context: StepContext, frame: Frame, work: Step<void>): Step<void> {
  try {
    yield* work;
  } catch (error) {
    yield* failState(context, frame, failureOf(context, frame, error));
  }
}

/** A state has failed: tries it again, or goes where a Catcher leads, or lets the frame fail. */
export function* failState(context: StepContext, frame: Frame, failure: Failure): Step<void> {
  const run = runOf(context, frame);
  const state = stateNamed(context, frame, run.state);
  const { activity } = run;
  if (activity?.kind === "parallel" || activity?.kind === "map") {
    abortFrames(context, activity.frames, frame.previousEventId, activity.kind === "map" ? run.state : undefined);
  }
  stopActivity(context, activity);
  run.activity = undefined;

  const delay = "retry" in state ? takeRetry(run, state.retry, failure, context.random) : undefined;
  if (delay !== undefined) {
    run.activity = { kind: "backoff", timer: startTimer(context, frame, context.now + delay) };
    return;
  }
  if (state.type === "Map" || state.type === "Parallel") record(context, frame, `${state.type}StateFailed`);
  const catchers = "catch" in state ? state.catch : [];
  const catcher = catchers.find(({ errorEquals }) => matchesError(errorEquals, namesOf(failure)));
  if (catcher === undefined) {
    yield* context.nesting.failed(context, frame, failure);
    return;
  }
  const errorOutput = documentOf({
    ...(failure.error === undefined ? {} : { Error: failure.error }),
    Cause: failure.cause ?? "",
  });
  try {
    yield* leaveState(context, frame, catcher, errorOutput, { errorOutput: errorOutput.value });
  } catch (error) {
    // A Catcher that fails itself is not caught.
    yield* context.nesting.failed(context, frame, failureOf(context, frame, error));
  }
}

/** @throws whatever is no failure of the state */
function failureOf(context: StepContext, frame: Frame, error: unknown): Failure {
  if (error instanceof StateFailedError) return error.failure;
  if (!(error instanceof QueryError)) throw error;
  const { state, enteredEventId } = runOf(context, frame);
  const cause = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}). ${error.message}`;
  const name = STATES_ERRORS.queryEvaluation;
  const location = error.location === undefined ? {} : { location: error.location };
  // On AWS a state that was entered and could not be begun leaves no trace in the chain of events.
  const isAtEntry = frame.previousEventId === enteredEventId && !error.isAfterEvaluation;
  const previous = isAtEntry ? context.execution.history[enteredEventId - 1]?.previousEventId : undefined;
  frame.previousEventId = recordAfter(context, previous ?? frame.previousEventId, "EvaluationFailed", [
    "evaluationFailedEventDetails",
    { error: name, cause, state, ...location },
  ]);
  return { error: name, cause };
}
