import type { Machine } from "../definition/model.ts";
import type { Execution } from "../execution/execution.ts";

/** A state machine as it is now. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly creationDate: number;
  current: Revision;
  /** Its executions by name, the oldest first. */
  readonly executions: Map<string, Execution>;
  /** DeleteStateMachine was called; it goes when its last execution has ended. */
  isDeleting: boolean;
}

/** One text of a machine's definition. */
export interface Revision {
  readonly id: string;
  readonly definition: string;
  readonly roleArn: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  readonly machine: Machine;
}

/** What there is, in memory. */
export interface Store {
  /** By ARN, the oldest first. */
  readonly machines: Map<string, StateMachine>;
  /** By ARN; also those of machines that were deleted. */
  readonly executions: Map<string, Execution>;
  /** Revisions by id: an execution goes on with the one that it was started with. */
  readonly revisions: Map<string, Revision>;
}

/** A store with nothing in it. */
export function createStore(): Store {
  return { machines: new Map(), executions: new Map(), revisions: new Map() };
}
