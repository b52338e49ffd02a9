import type { PlanAction } from "../../compiler/index.ts";
import type { InputContext } from "../inputs/load-inputs.ts";
import type { ActionRecord } from "../records/action.ts";
import { absent, all, type Condition, equals, present } from "../records/condition.ts";
import type { Runtime } from "../runtime.ts";
import type { ExecuteActionInput } from "./contract.ts";

/** One call of `execute-action` with what it is about. */
export interface ActionContext extends InputContext {
  readonly runtime: Runtime;
  readonly payload: ExecuteActionInput;
  readonly action: PlanAction;
  /** Some action of an earlier stage did not end well. */
  readonly isFailing: boolean;
  /** The action's record as it was read; every write asks that it is still so. */
  readonly previous: ActionRecord | undefined;
}

/** The action's record is what this call has read. */
export function unchanged(previous: ActionRecord | undefined): Condition {
  if (previous === undefined) {
    return absent("pk");
  }
  return all(
    equals("attempt", previous.attempt),
    equals("redrive", previous.redrive),
    equals("status", previous.status),
    previous.answer === undefined ? absent("answer") : present("answer"),
  );
}

/** The attributes of a new record that do not depend on what becomes of the action. */
export function newRecord({ run, action, payload, previous, runtime }: ActionContext) {
  const continues = previous !== undefined && previous.redrive === payload.redrive;
  return {
    runId: run.runId,
    key: action.key,
    alias: action.alias,
    type: action.type,
    stage: action.stage,
    redrive: payload.redrive,
    attempt: previous?.attempt ?? 0,
    // A redrive starts the retriers of Step Functions and the action's time anew. Source: reference/aws.md 3.6.
    iteration: continues ? previous.iteration : 1,
    retry: continues ? previous.retry : 0,
    queuedAt: continues ? previous.queuedAt : new Date(runtime.clock.now()).toISOString(),
    ...(continues && previous.startedAt !== undefined && { startedAt: previous.startedAt }),
  };
}
