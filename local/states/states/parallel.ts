import type { ParallelState } from "../definition/model.ts";
import { type Document, isTooLarge } from "../document.ts";
import { enterNext, runOf, type StepContext, takeId } from "../execution/context.ts";
import type { Frame, ParallelActivity } from "../execution/execution.ts";
import { failState } from "../execution/fail-state.ts";
import { dataLimitExceeded, type Failure, StateFailedError } from "../execution/failure.ts";
import { leaveState } from "../execution/leave.ts";
import { createScope } from "../execution/scope.ts";
import { record, recordAfter } from "../history/record.ts";
import { evaluateTemplate } from "../query/template.ts";
import type { Step } from "../step.ts";
import { listDocument } from "./list-document.ts";

/** Begins every branch. */
export function* beginParallel(context: StepContext, frame: Frame, state: ParallelState): Step<void> {
  const run = runOf(context, frame);
  const input =
    state.arguments === undefined ? run.input : yield* evaluateTemplate(state.arguments, createScope(context, frame));
  if (isTooLarge(input.text)) throw new StateFailedError(dataLimitExceeded(state.name));
  record(context, frame, "ParallelStateStarted");
  const frames = state.branches.map((branch, index) => {
    const child: Frame = {
      id: takeId(context),
      flow: branch.number,
      parent: { frame: frame.id, index },
      variables: {},
      previousEventId: frame.previousEventId,
      entering: undefined,
      run: undefined,
    };
    context.execution.frames[child.id] = child;
    enterNext(context, child, branch.startAt, input);
    return child.id;
  });
  run.activity = { kind: "parallel", frames, outputs: [], running: frames.length };
}

/** A branch has ended; the last one ends the state. */
export function* endBranch(
  context: StepContext,
  frame: Frame,
  state: ParallelState,
  activity: ParallelActivity,
  child: Frame,
  index: number,
  output: Document,
): Step<void> {
  activity.frames[index] = null;
  activity.outputs[index] = output;
  activity.running--;
  if (activity.running > 0) return;
  frame.previousEventId = child.previousEventId;
  runOf(context, frame).activity = undefined;
  const result = listDocument(activity.outputs);
  if (isTooLarge(result.text)) throw new StateFailedError(dataLimitExceeded(state.name));
  recordAfter(context, frame.previousEventId, "ParallelStateSucceeded");
  yield* leaveState(context, frame, state, result, { result: result.value });
}

/** A branch has failed: the state fails for the same reason, and the other branches are stopped. */
export function* failBranch(context: StepContext, frame: Frame, child: Frame, failure: Failure): Step<void> {
  frame.previousEventId = child.previousEventId;
  yield* failState(context, frame, failure);
}
