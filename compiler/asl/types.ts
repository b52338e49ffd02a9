import type { Json } from "../model/value.ts";

/**
 * The part of the Amazon States Language that Sluice emits: JSONata mode, `TimeoutSeconds` on every Task, no Choice,
 * no variables. Spelled as the specification spells it (https://states-language.net/spec.html).
 */
export interface StateMachineDefinition {
  readonly QueryLanguage: "JSONata";
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

/** A state that the compiler emits. */
export type State = TaskState | WaitState | ParallelState | PassState | SucceedState;

interface Transition {
  readonly Next?: string;
  readonly End?: true;
}

/** A call of one of our functions; nothing else is called. */
export interface TaskState extends Transition {
  readonly Type: "Task";
  readonly Resource: "arn:aws:states:::lambda:invoke" | "arn:aws:states:::lambda:invoke.waitForTaskToken";
  readonly Arguments: { readonly FunctionName: string; readonly Payload: { readonly [key: string]: Json } };
  readonly TimeoutSeconds: number;
  readonly HeartbeatSeconds?: number;
  readonly Output?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

/** A `wait` of the pipeline; its seconds may be what the gate before it answered. */
export interface WaitState extends Transition {
  readonly Type: "Wait";
  readonly Seconds: number | string;
}

/** A stage of several actions. */
export interface ParallelState extends Transition {
  readonly Type: "Parallel";
  readonly Branches: readonly { readonly StartAt: string; readonly States: { readonly [name: string]: State } }[];
  readonly Output?: Json;
}

/** Where a caught failure of a branch ends, so that the siblings finish. */
export interface PassState extends Transition {
  readonly Type: "Pass";
  readonly Output?: Json;
}

/** The only state of a pipeline that has nothing to do. */
export interface SucceedState {
  readonly Type: "Succeed";
}

/** One element of `Retry`. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

/** One element of `Catch`. */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: Json;
}
