import type { WaitState } from "../definition/model.ts";
import type { Json } from "../document.ts";
import { runOf, type StepContext, startTimer } from "../execution/context.ts";
import type { Frame } from "../execution/execution.ts";
import { leaveState } from "../execution/leave.ts";
import { createScope } from "../execution/scope.ts";
import { QueryError } from "../query/query-error.ts";
import { evaluateAs } from "../query/template.ts";
import type { Step } from "../step.ts";
import { parseTimestamp } from "./timestamp.ts";

const LONGEST_WAIT_SECONDS = 99_999_999;

/** Starts the timer of a Wait. */
export function* beginWait(context: StepContext, frame: Frame, state: WaitState): Step<void> {
  const due = yield* evaluateDue(context, frame, state);
  // A time that is past costs no timer.
  if (due <= context.now) yield* endWait(context, frame, state);
  else runOf(context, frame).activity = { kind: "wait", timer: startTimer(context, frame, due) };
}

/** The time has come. */
export function* endWait(context: StepContext, frame: Frame, state: WaitState): Step<void> {
  yield* leaveState(context, frame, state, runOf(context, frame).input);
}

function* evaluateDue(context: StepContext, frame: Frame, { until }: WaitState): Step<number> {
  const scope = createScope(context, frame);
  if (until.kind === "seconds") {
    const seconds = yield* evaluateAs(until.seconds, scope, "number", isNumber);
    if (Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS)
      return context.now + seconds * 1000;
    throw new QueryError(
      `The Seconds field must be an integer from 0 to ${LONGEST_WAIT_SECONDS}: ${seconds}`,
      "Seconds",
      true,
    );
  }
  const text = yield* evaluateAs(until.timestamp, scope, "string", isString);
  const due = parseTimestamp(text);
  if (due !== undefined) return due;
  const reason = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`;
  throw new QueryError(reason, "Timestamp", true);
}

function isNumber(value: Json): value is number {
  return typeof value === "number";
}

function isString(value: Json): value is string {
  return typeof value === "string";
}
