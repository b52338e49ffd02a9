import type { TaskState } from "../definition/model.ts";
import { type Document, isTooLarge } from "../document.ts";
import { STATES_ERRORS } from "../error-names.ts";
import { stopActivity } from "../execution/abort.ts";
import { runOf, type StepContext, startTimer, takeId } from "../execution/context.ts";
import type { Frame, TaskActivity } from "../execution/execution.ts";
import { dataLimitExceeded, type Failure, StateFailedError } from "../execution/failure.ts";
import { failureDetails } from "../execution/finish.ts";
import { leaveState } from "../execution/leave.ts";
import { createScope } from "../execution/scope.ts";
import { record } from "../history/record.ts";
import type { Scope } from "../query/expression.ts";
import { QueryError } from "../query/query-error.ts";
import { evaluateAs, evaluateTemplate, type Template } from "../query/template.ts";
import type { Step } from "../step.ts";
import { createToken } from "../tasks/token.ts";
import {
  failedEvent,
  scheduledEvent,
  startedEvent,
  submittedEvent,
  succeededEvent,
  timedOutEvent,
} from "./task-events.ts";

const LONGEST_TIMEOUT_SECONDS = 99_999_999;

/** One try of a Task: a new task, with a new token where the Resource waits for one. */
export function* beginTask(context: StepContext, frame: Frame, state: TaskState): Step<void> {
  const run = runOf(context, frame);
  const task = takeId(context);
  const address = { executionArn: context.execution.arn, frame: frame.id, task };
  const token = state.integration.waitsForToken ? createToken(address, context.random) : undefined;
  const scope = createScope(context, frame, token === undefined ? {} : { token });
  const argumentsDocument = state.arguments === undefined ? run.input : yield* evaluateTemplate(state.arguments, scope);
  if (isTooLarge(argumentsDocument.text)) throw new StateFailedError(dataLimitExceeded(state.name));
  const timeoutSeconds = yield* evaluateSeconds(state.timeoutSeconds, "TimeoutSeconds", scope);
  const heartbeatSeconds = yield* evaluateSeconds(state.heartbeatSeconds, "HeartbeatSeconds", scope);

  const limits = { timeoutSeconds, heartbeatSeconds };
  record(context, frame, ...scheduledEvent(state, context.region, argumentsDocument, limits));
  run.activity = {
    kind: "task",
    task,
    arguments: argumentsDocument,
    token,
    timeoutTimer: startTimerIn(context, frame, timeoutSeconds),
    heartbeatSeconds,
    heartbeatTimer: startTimerIn(context, frame, heartbeatSeconds),
  };
  context.effects.push({
    kind: "startTask",
    frame: frame.id,
    task,
    flow: frame.flow,
    state: state.name,
    arguments: argumentsDocument,
  });
}

function* evaluateSeconds(template: Template | undefined, field: string, scope: Scope): Step<number | undefined> {
  if (template === undefined) return undefined;
  const seconds = yield* evaluateAs(template, scope, "number", (value) => typeof value === "number");
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= LONGEST_TIMEOUT_SECONDS) return seconds;
  throw new QueryError(`The ${field} field must be an integer from 1 to ${LONGEST_TIMEOUT_SECONDS}: ${seconds}`, field);
}

function startTimerIn(context: StepContext, frame: Frame, seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : startTimer(context, frame, context.now + seconds * 1000);
}

/** The call has been made. */
export function startTask(context: StepContext, frame: Frame, state: TaskState): void {
  record(context, frame, ...startedEvent(state));
}

/** The call has returned, and the state waits for its token. */
export function submitTask(context: StepContext, frame: Frame, state: TaskState, output: Document): void {
  record(context, frame, ...submittedEvent(state, output));
}

/** The task's output has come: the state is left with it, or fails where it is too large. */
export function* succeedTask(
  context: StepContext,
  frame: Frame,
  state: TaskState,
  activity: TaskActivity,
  output: Document,
): Step<void> {
  if (isTooLarge(output.text)) {
    const { events, resourceType } = state.integration;
    failTask(context, frame, state, dataLimitExceeded(events === "service" ? resourceType : state.resource));
  }
  stopActivity(context, activity);
  runOf(context, frame).activity = undefined;
  record(context, frame, ...succeededEvent(state, output));
  yield* leaveState(context, frame, state, output, { result: output.value });
}

/** @throws {StateFailedError} always: what comes next is the state's Retry and Catch */
export function failTask(context: StepContext, frame: Frame, state: TaskState, failure: Failure): never {
  record(context, frame, ...failedEvent(state, failureDetails(failure)));
  throw new StateFailedError(failure);
}

/** TimeoutSeconds or HeartbeatSeconds are over. AWS reports both as States.Timeout (reference/emulators.md 3b). */
export function timeOutTask(context: StepContext, frame: Frame, state: TaskState, isHeartbeat: boolean): never {
  record(context, frame, ...timedOutEvent(state, { error: STATES_ERRORS.timeout }));
  const alsoKnownAs = isHeartbeat ? { alsoKnownAs: STATES_ERRORS.heartbeatTimeout } : {};
  throw new StateFailedError({ error: STATES_ERRORS.timeout, cause: undefined, ...alsoKnownAs });
}

/** The task says that it is alive: its HeartbeatSeconds begin anew. */
export function beatTask(context: StepContext, frame: Frame, activity: TaskActivity): void {
  if (activity.heartbeatTimer === undefined) return;
  context.effects.push({ kind: "cancelTimer", timer: activity.heartbeatTimer });
  activity.heartbeatTimer = startTimerIn(context, frame, activity.heartbeatSeconds);
}
