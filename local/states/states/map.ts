import type { MapState } from "../definition/model.ts";
import { type Document, documentOf, isArray, isTooLarge, type Json } from "../document.ts";
import { enterNext, runOf, type StepContext, takeId } from "../execution/context.ts";
import type { Frame, MapActivity } from "../execution/execution.ts";
import { failState } from "../execution/fail-state.ts";
import { dataLimitExceeded, type Failure, StateFailedError } from "../execution/failure.ts";
import { leaveState } from "../execution/leave.ts";
import { createScope } from "../execution/scope.ts";
import { record, recordAfter } from "../history/record.ts";
import type { Scope } from "../query/expression.ts";
import { QueryError } from "../query/query-error.ts";
import { evaluateAs, evaluateTemplate, type Template } from "../query/template.ts";
import type { Step } from "../step.ts";
import { listDocument } from "./list-document.ts";

/** Iterations of an inline Map at a time, whatever MaxConcurrency says. Source: reference/aws.md 3.1 */
const INLINE_CONCURRENCY = 40;

/** Begins as many iterations as may run at a time; an empty list ends the state at once. */
export function* beginMap(context: StepContext, frame: Frame, state: MapState): Step<void> {
  const scope = createScope(context, frame);
  const items = yield* evaluateItems(context, frame, state.items, scope);
  const wanted =
    state.maxConcurrency === undefined ? 0 : yield* evaluateLimit(state.maxConcurrency, scope, Number.MAX_SAFE_INTEGER);
  for (const { template, limit } of state.tolerated) yield* evaluateLimit(template, scope, limit);
  record(context, frame, "MapStateStarted", ["mapStateStartedEventDetails", { length: items.length }]);
  const activity: MapActivity = {
    kind: "map",
    items,
    maxConcurrency: wanted === 0 ? INLINE_CONCURRENCY : Math.min(wanted, INLINE_CONCURRENCY),
    frames: [],
    outputs: [],
    started: 0,
    running: 0,
  };
  runOf(context, frame).activity = activity;
  if (items.length === 0) yield* succeed(context, frame, state, activity);
  while (activity.started < Math.min(items.length, activity.maxConcurrency)) {
    yield* beginIteration(context, frame, state, activity, frame.previousEventId);
  }
}

function* evaluateItems(
  context: StepContext,
  frame: Frame,
  template: Template | undefined,
  scope: Scope,
): Step<readonly Json[]> {
  if (template !== undefined) return yield* evaluateAs(template, scope, "array", isArray);
  const { input } = runOf(context, frame);
  if (isArray(input.value)) return input.value;
  throw new QueryError(`Map state input must be an array but was: ${input.text}`);
}

function* evaluateLimit(template: Template, scope: Scope, largest: number): Step<number> {
  const limit = yield* evaluateAs(template, scope, "number", (value) => typeof value === "number");
  if (limit >= 0 && limit <= largest) return limit;
  const where = template.kind === "expression" ? template.expression.location : undefined;
  throw new QueryError(`The field '${where}' must be from 0 to ${largest}: ${limit}`, where);
}

function* beginIteration(
  context: StepContext,
  frame: Frame,
  state: MapState,
  activity: MapActivity,
  previousEventId: number,
): Step<void> {
  const index = activity.started;
  const mapItem = { index, value: activity.items[index] ?? null };
  const input =
    state.itemSelector === undefined
      ? documentOf(mapItem.value)
      : yield* evaluateTemplate(state.itemSelector, createScope(context, frame, { mapItem }));
  if (isTooLarge(input.text)) throw new StateFailedError(dataLimitExceeded(state.name));
  const details = ["mapIterationStartedEventDetails", { name: state.name, index }] as const;
  const child: Frame = {
    id: takeId(context),
    flow: state.processor.number,
    parent: { frame: frame.id, index },
    mapItem,
    variables: {},
    previousEventId: recordAfter(context, previousEventId, "MapIterationStarted", details),
    entering: undefined,
    run: undefined,
  };
  context.execution.frames[child.id] = child;
  activity.frames[index] = child.id;
  activity.started++;
  activity.running++;
  enterNext(context, child, state.processor.startAt, input);
}

/** An iteration has ended; it makes room for the next one, and the last one ends the state. */
export function* endIteration(
  context: StepContext,
  frame: Frame,
  state: MapState,
  activity: MapActivity,
  child: Frame,
  index: number,
  output: Document,
): Step<void> {
  activity.frames[index] = null;
  activity.outputs[index] = output;
  activity.running--;
  const details = ["mapIterationSucceededEventDetails", { name: state.name, index }] as const;
  const succeeded = recordAfter(context, child.previousEventId, "MapIterationSucceeded", details);
  if (activity.started < activity.items.length) {
    // The next iteration follows the last event inside this one, not its end; the state's end follows that.
    yield* beginIteration(context, frame, state, activity, child.previousEventId);
  } else if (activity.running === 0) {
    frame.previousEventId = succeeded;
    yield* succeed(context, frame, state, activity);
  }
}

function* succeed(context: StepContext, frame: Frame, state: MapState, activity: MapActivity): Step<void> {
  runOf(context, frame).activity = undefined;
  const result = listDocument(activity.outputs);
  if (isTooLarge(result.text)) throw new StateFailedError(dataLimitExceeded(state.name));
  recordAfter(context, frame.previousEventId, "MapStateSucceeded");
  yield* leaveState(context, frame, state, result, { result: result.value });
}

/** An iteration has failed: the state fails for the same reason, and the other iterations are stopped. */
export function* failIteration(
  context: StepContext,
  frame: Frame,
  state: MapState,
  child: Frame,
  index: number,
  failure: Failure,
): Step<void> {
  frame.previousEventId = child.previousEventId;
  const details = ["mapIterationFailedEventDetails", { name: state.name, index }] as const;
  recordAfter(context, child.previousEventId, "MapIterationFailed", details);
  yield* failState(context, frame, failure);
}
