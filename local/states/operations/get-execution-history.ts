import { readInput } from "../../wire/input.ts";
import type { EventDetails, HistoryEvent } from "../history/event.ts";
import { nextTokenOf, readPage } from "./page.ts";
import { findExecution, type Operation } from "./service-context.ts";

/** Members that hold data of the execution, left out without `includeExecutionData`. */
const DATA_MEMBERS: ReadonlySet<string> = new Set(["input", "output", "parameters", "assignedVariables"]);

/** GetExecutionHistory, in pages and in both orders. */
export const getExecutionHistory: Operation = (context, input) => {
  const reader = readInput(input);
  const { history } = findExecution(context, reader.string("executionArn"));
  const isReverse = reader.optionalBoolean("reverseOrder") ?? false;
  const withData = reader.optionalBoolean("includeExecutionData") ?? true;
  const page = readPage(reader);
  reader.done();
  const events = isReverse
    ? history.slice(Math.max(0, history.length - page.start - page.size), history.length - page.start).reverse()
    : history.slice(page.start, page.start + page.size);
  return {
    events: events.map((event) => toWire(event, withData)),
    ...nextTokenOf(page, history.length),
  };
};

function toWire(
  { timestamp, type, id, previousEventId, detailsName, details }: HistoryEvent,
  withData: boolean,
): object {
  const event = { timestamp: new Date(timestamp), type, id, previousEventId };
  if (detailsName === undefined || details === undefined) return event;
  return { ...event, [detailsName]: withData ? details : withoutData(details) };
}

function withoutData(details: EventDetails): EventDetails {
  return Object.fromEntries(Object.entries(details).filter(([member]) => !DATA_MEMBERS.has(member)));
}
