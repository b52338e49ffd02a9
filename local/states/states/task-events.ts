import type { TaskState } from "../definition/model.ts";
import type { Document } from "../document.ts";
import type { EventDetails } from "../history/event.ts";
import { inputDetails, type NamedDetails, outputDetails } from "../history/record.ts";

/**
 * The events of a task. A function's ARN as Resource has events of its own (`LambdaFunction…`), which name no resource
 * but the first; every other Resource has `Task…` with type and operation in each.
 */
type TaskEvent = readonly [type: string, details?: NamedDetails];

/** The limits of a task that the event names. */
export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

/** A task that is about to be called. */
export function scheduledEvent(state: TaskState, region: string, input: Document, limits: TaskLimits): TaskEvent {
  const timeout = limits.timeoutSeconds === undefined ? {} : { timeoutInSeconds: limits.timeoutSeconds };
  if (state.integration.events === "lambdaFunction") {
    const details = { resource: state.resource, ...inputDetails(input), ...timeout };
    return ["LambdaFunctionScheduled", ["lambdaFunctionScheduledEventDetails", details]];
  }
  const heartbeat = limits.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: limits.heartbeatSeconds };
  const details = { ...resourceOf(state), region, parameters: input.text, ...timeout, ...heartbeat };
  return ["TaskScheduled", ["taskScheduledEventDetails", details]];
}

/** A task that is being called. */
export function startedEvent(state: TaskState): TaskEvent {
  if (state.integration.events === "lambdaFunction") return ["LambdaFunctionStarted"];
  return ["TaskStarted", ["taskStartedEventDetails", resourceOf(state)]];
}

/** A task that was called and waits for its token. */
export function submittedEvent(state: TaskState, output: Document): TaskEvent {
  return ["TaskSubmitted", ["taskSubmittedEventDetails", { ...resourceOf(state), ...outputDetails(output) }]];
}

/** A task that has ended well. */
export function succeededEvent(state: TaskState, output: Document): TaskEvent {
  return eventOf(state, "Succeeded", outputDetails(output));
}

/** A task that has failed. */
export function failedEvent(state: TaskState, failure: EventDetails): TaskEvent {
  return eventOf(state, "Failed", failure);
}

/** A task whose time or heartbeat is over. */
export function timedOutEvent(state: TaskState, failure: EventDetails): TaskEvent {
  return eventOf(state, "TimedOut", failure);
}

function eventOf(state: TaskState, end: "Succeeded" | "Failed" | "TimedOut", details: EventDetails): TaskEvent {
  if (state.integration.events === "lambdaFunction") {
    return [`LambdaFunction${end}`, [`lambdaFunction${end}EventDetails`, details]];
  }
  return [`Task${end}`, [`task${end}EventDetails`, { ...resourceOf(state), ...details }]];
}

function resourceOf({ integration }: TaskState): EventDetails {
  return { resourceType: integration.resourceType, resource: integration.resource };
}
