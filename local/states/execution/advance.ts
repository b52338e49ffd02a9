import type { State } from "../definition/model.ts";
import type { Document } from "../document.ts";
import { STATES_ERRORS } from "../error-names.ts";
import { MOST_EVENTS } from "../history/event.ts";
import { inputDetails, record, recordAfter } from "../history/record.ts";
import { beginChoice } from "../states/choice.ts";
import { beginFail } from "../states/fail.ts";
import { beginMap, endIteration, failIteration } from "../states/map.ts";
import { beginParallel, endBranch, failBranch } from "../states/parallel.ts";
import { beginPass } from "../states/pass.ts";
import { beginSucceed } from "../states/succeed.ts";
import { beatTask, beginTask, failTask, startTask, submitTask, succeedTask, timeOutTask } from "../states/task.ts";
import { beginWait, endWait } from "../states/wait.ts";
import type { Step } from "../step.ts";
import { removeFrame } from "./abort.ts";
import {
  BrokenExecutionError,
  enterNext,
  flowOf,
  type Nesting,
  runOf,
  type StepContext,
  stateNamed,
  takeId,
} from "./context.ts";
import type { ExecutionEvent } from "./event.ts";
import type { Frame, StateRun } from "./execution.ts";
import { failState, guardState } from "./fail-state.ts";
import { type Failure, HistoryFullError } from "./failure.ts";
import { abortExecution, failExecution, succeedExecution, timeOutExecution } from "./finish.ts";

/**
 * The step function: applies one event to the execution and goes on until every branch waits for something. Answers
 * whether the event was still of any use; a late one (its task, timer or frame is gone) changes nothing.
 */
export function* advance(context: StepContext, event: ExecutionEvent): Step<boolean> {
  if (context.execution.status !== "RUNNING") return false;
  try {
    const isTimely = yield* apply(context, event);
    // What becomes ready while this runs is appended: no frame overtakes another.
    for (let frame = context.ready.shift(); frame !== undefined; frame = context.ready.shift()) {
      yield* enterState(context, frame);
    }
    return isTimely;
  } catch (error) {
    if (!(error instanceof HistoryFullError)) throw error;
    const cause = `The execution reached the maximum number of history events (${MOST_EVENTS}).`;
    failExecution(context, { error: STATES_ERRORS.runtime, cause }, context.execution.history.length);
    return true;
  }
}

function* apply(context: StepContext, event: ExecutionEvent): Step<boolean> {
  switch (event.type) {
    case "started":
      beginExecution(context);
      return true;
    case "stopRequested":
      abortExecution(context, { error: event.error, cause: event.cause });
      return true;
    case "executionTimedOut":
      if (event.timer !== context.execution.timeoutTimer) return false;
      timeOutExecution(context);
      return true;
    default: {
      const frame = context.execution.frames[event.frame];
      if (frame?.run === undefined) return false;
      const state = stateNamed(context, frame, frame.run.state);
      const work =
        event.type === "timerDue"
          ? timerWork(context, frame, state, event.timer)
          : taskWork(context, frame, state, event);
      if (work === undefined) return false;
      yield* guardState(context, frame, work);
      return true;
    }
  }
}

function beginExecution(context: StepContext): void {
  const { execution, machine } = context;
  recordAfter(context, 0, "ExecutionStarted", [
    "executionStartedEventDetails",
    { ...inputDetails(execution.input), roleArn: execution.roleArn },
  ]);
  if (machine.timeoutSeconds !== undefined) {
    execution.timeoutTimer = takeId(context);
    const due = context.now + machine.timeoutSeconds * 1000;
    context.effects.push({ kind: "startTimer", frame: undefined, timer: execution.timeoutTimer, due });
  }
  const frame = execution.frames[0];
  if (frame === undefined) throw new BrokenExecutionError(execution, "there is no frame to start with");
  enterNext(context, frame, flowOf(context, frame).startAt, execution.input);
}

function* enterState(context: StepContext, frame: Frame): Step<void> {
  if (frame.entering === undefined) return;
  const { state: name, input } = frame.entering;
  const state = stateNamed(context, frame, name);
  frame.entering = undefined;
  const enteredEventId = record(context, frame, `${state.type}StateEntered`, [
    "stateEnteredEventDetails",
    { name, ...inputDetails(input) },
  ]);
  const run: StateRun = {
    state: name,
    enteredEventId,
    enteredAt: context.now,
    input,
    retries: [],
    retryCount: 0,
    activity: undefined,
  };
  frame.run = run;
  yield* guardState(context, frame, begin(context, frame, state));
}

/** One try of a state: the first, or another one after a delay. */
function begin(context: StepContext, frame: Frame, state: State): Step<void> {
  switch (state.type) {
    case "Task":
      return beginTask(context, frame, state);
    case "Pass":
      return beginPass(context, frame, state);
    case "Wait":
      return beginWait(context, frame, state);
    case "Choice":
      return beginChoice(context, frame, state);
    case "Succeed":
      return beginSucceed(context, frame, state);
    case "Fail":
      return beginFail(context, frame, state);
    case "Parallel":
      return beginParallel(context, frame, state);
    case "Map":
      return beginMap(context, frame, state);
  }
}

/** What a timer is for; undefined for one that is no longer wanted. */
function timerWork(context: StepContext, frame: Frame, state: State, timer: number): Step<void> | undefined {
  const activity = runOf(context, frame).activity;
  if (activity?.kind === "wait" && activity.timer === timer && state.type === "Wait")
    return endWait(context, frame, state);
  if (activity?.kind === "backoff" && activity.timer === timer) return begin(context, frame, state);
  if (activity?.kind !== "task" || state.type !== "Task") return undefined;
  const isHeartbeat = activity.heartbeatTimer === timer;
  if (!isHeartbeat && activity.timeoutTimer !== timer) return undefined;
  return work(() => timeOutTask(context, frame, state, isHeartbeat));
}

type TaskEvent = Extract<ExecutionEvent, { readonly task: number }>;

function taskWork(context: StepContext, frame: Frame, state: State, event: TaskEvent): Step<void> | undefined {
  const activity = runOf(context, frame).activity;
  if (activity?.kind !== "task" || activity.task !== event.task || state.type !== "Task") return undefined;
  switch (event.type) {
    case "taskStarted":
      return work(() => startTask(context, frame, state));
    case "taskSubmitted":
      return work(() => submitTask(context, frame, state, event.output));
    case "taskSucceeded":
      return succeedTask(context, frame, state, activity, event.output);
    case "taskFailed":
      return work(() => failTask(context, frame, state, { error: event.error, cause: event.cause }));
    case "heartbeat":
      return work(() => beatTask(context, frame, activity));
  }
}

/** Work without any expression as a step. */
// biome-ignore lint/correctness/useYield: the type of a step is a generator, also where there is nothing to wait for.
function* work(run: () => void): Step<void> {
  run();
}

/** Hands the end of a flow to the state around it, or ends the execution. */
export const nesting: Nesting = {
  *ended(context, child, output) {
    const around = aroundOf(context, child);
    if (around === undefined) {
      succeedExecution(context, output, child.previousEventId);
      return;
    }
    removeFrame(context, child);
    yield* guardState(context, around.frame, endedIn(context, around, child, output));
  },
  *failed(context, child, failure) {
    const around = aroundOf(context, child);
    if (around === undefined) {
      failExecution(context, failure, child.previousEventId);
      return;
    }
    removeFrame(context, child);
    yield* failedIn(context, around, child, failure);
  },
};

interface Around {
  readonly frame: Frame;
  /** Place of the child in the state. */
  readonly index: number;
}

function aroundOf(context: StepContext, child: Frame): Around | undefined {
  if (child.parent === undefined) return undefined;
  const frame = context.execution.frames[child.parent.frame];
  if (frame === undefined) throw new BrokenExecutionError(context.execution, `frame ${child.id} has lost its parent`);
  return { frame, index: child.parent.index };
}

function endedIn(context: StepContext, { frame, index }: Around, child: Frame, output: Document): Step<void> {
  const { state: name, activity } = runOf(context, frame);
  const state = stateNamed(context, frame, name);
  if (activity?.kind === "parallel" && state.type === "Parallel") {
    return endBranch(context, frame, state, activity, child, index, output);
  }
  if (activity?.kind === "map" && state.type === "Map") {
    return endIteration(context, frame, state, activity, child, index, output);
  }
  throw new BrokenExecutionError(context.execution, `"${name}" has no branch ${index} to end`);
}

function failedIn(context: StepContext, { frame, index }: Around, child: Frame, failure: Failure): Step<void> {
  const { state: name, activity } = runOf(context, frame);
  const state = stateNamed(context, frame, name);
  if (activity?.kind === "parallel") return failBranch(context, frame, child, failure);
  if (activity?.kind === "map" && state.type === "Map") {
    return failIteration(context, frame, state, child, index, failure);
  }
  return failState(context, frame, failure);
}
