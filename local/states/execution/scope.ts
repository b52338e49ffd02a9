import type { Document, Json, JsonObject } from "../document.ts";
import type { Scope } from "../query/expression.ts";
import { parentOf, runOf, type StepContext, stateNamed } from "./context.ts";
import type { Frame } from "./execution.ts";

/** What `$states` holds beside the input and the context object. */
export interface ScopeExtras {
  readonly result?: Json;
  readonly errorOutput?: Json;
  /** `$states.context.Task.Token`. */
  readonly token?: string;
  /** `$states.context.Map.Item` while an ItemSelector is evaluated. */
  readonly mapItem?: { readonly index: number; readonly value: Json };
}

/** What the expressions of the frame's state can see. Built while they look. */
export function createScope(context: StepContext, frame: Frame, extras: ScopeExtras = {}): Scope {
  const { input } = runOf(context, frame);
  let states: JsonObject | undefined;
  return {
    states() {
      states ??= {
        input: input.value,
        ...(extras.result === undefined ? {} : { result: extras.result }),
        ...(extras.errorOutput === undefined ? {} : { errorOutput: extras.errorOutput }),
        context: contextObject(context, frame, extras),
      };
      return states;
    },
    variable: (name) => findVariable(context, frame, name)?.value,
  };
}

function findVariable(context: StepContext, frame: Frame, name: string): Document | undefined {
  for (let around: Frame | undefined = frame; around !== undefined; around = parentOf(context, around)) {
    if (Object.hasOwn(around.variables, name)) return around.variables[name];
  }
  return undefined;
}

/**
 * The context object, in the order in which AWS writes it.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
function contextObject(context: StepContext, frame: Frame, extras: ScopeExtras): JsonObject {
  const { execution } = context;
  const run = runOf(context, frame);
  const canBeRetried = "retry" in stateNamed(context, frame, run.state);
  const mapItem = extras.mapItem ?? findMapItem(context, frame);
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input.value,
      StartTime: new Date(execution.startDate).toISOString(),
      Name: execution.name,
      RoleArn: execution.roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: execution.machineArn, Name: execution.machineName },
    State: {
      Name: run.state,
      EnteredTime: new Date(run.enteredAt).toISOString(),
      ...(canBeRetried ? { RetryCount: run.retryCount } : {}),
    },
    ...(extras.token === undefined ? {} : { Task: { Token: extras.token } }),
    ...(mapItem === undefined ? {} : { Map: { Item: { Index: mapItem.index, Value: mapItem.value } } }),
  };
}

function findMapItem(context: StepContext, frame: Frame): Frame["mapItem"] {
  for (let around: Frame | undefined = frame; around !== undefined; around = parentOf(context, around)) {
    if (around.mapItem !== undefined) return around.mapItem;
  }
  return undefined;
}
