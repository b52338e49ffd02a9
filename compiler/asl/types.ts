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

export type State = TaskState | WaitState | ParallelState | PassState | SucceedState;

interface Transition {
  readonly Next?: string;
  readonly End?: true;
}

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

export interface WaitState extends Transition {
  readonly Type: "Wait";
  readonly Seconds: number | string;
}

export interface ParallelState extends Transition {
  readonly Type: "Parallel";
  readonly Branches: readonly { readonly StartAt: string; readonly States: { readonly [name: string]: State } }[];
  readonly Output?: Json;
}

export interface PassState extends Transition {
  readonly Type: "Pass";
  readonly Output?: Json;
}

export interface SucceedState {
  readonly Type: "Succeed";
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: Json;
}
