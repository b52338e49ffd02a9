import type { Document } from "../document.ts";
import type { StepContext } from "../execution/context.ts";
import type { Frame } from "../execution/execution.ts";
import { HistoryFullError } from "../execution/failure.ts";
import { type EventDetails, MOST_EVENTS, NOT_TRUNCATED } from "./event.ts";

/** Member of the event and its content. */
export type NamedDetails = readonly [name: string, details: EventDetails];

/**
 * Adds an event that follows another one and answers its id.
 * @throws {HistoryFullError} when only the execution's end has room left
 */
export function recordAfter(
  context: StepContext,
  previousEventId: number,
  type: string,
  [detailsName, details]: NamedDetails | readonly [] = [],
): number {
  if (context.execution.history.length >= MOST_EVENTS - 1) throw new HistoryFullError();
  return append(context, previousEventId, type, detailsName, details);
}

/** Adds an event that follows the frame's last one and becomes that itself. */
export function record(
  context: StepContext,
  frame: Frame,
  type: string,
  details: NamedDetails | readonly [] = [],
): number {
  frame.previousEventId = recordAfter(context, frame.previousEventId, type, details);
  return frame.previousEventId;
}

/** Adds the last event of the execution, for which there is always room. */
export function recordEnd(context: StepContext, previousEventId: number, type: string, details: NamedDetails): void {
  append(context, previousEventId, type, ...details);
}

function append(
  context: StepContext,
  previousEventId: number,
  type: string,
  detailsName?: string,
  details?: EventDetails,
): number {
  const { history } = context.execution;
  const id = history.length + 1;
  const event = { timestamp: context.now, type, id, previousEventId };
  history.push(detailsName === undefined || details === undefined ? event : { ...event, detailsName, details });
  return id;
}

/** `input` and `inputDetails` of an event. */
export function inputDetails(input: Document): EventDetails {
  return { input: input.text, inputDetails: NOT_TRUNCATED };
}

/** `output` and `outputDetails` of an event. */
export function outputDetails(output: Document): EventDetails {
  return { output: output.text, outputDetails: NOT_TRUNCATED };
}
