import type { Template } from "../query/template.ts";
import type { TaskIntegration } from "../tasks/integration.ts";

/**
 * A definition as it is executed: checked, with its expressions compiled. It is derived from the text alone and never a
 * part of an execution, which refers to it by the number of a flow and the name of a state.
 */
export interface Machine {
  readonly timeoutSeconds: number | undefined;
  /** The flow of the machine itself, then those of its branches and item processors in the order of the text. */
  readonly flows: readonly [Flow, ...Flow[]];
}

/** `StartAt` and `States`: of the machine, of one branch of a Parallel state, or of an ItemProcessor. */
export interface Flow {
  readonly number: number;
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A state, its expressions compiled. */
export type State =
  | TaskState
  | PassState
  | WaitState
  | ChoiceState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/** `Type` of a state. */
export type StateType = State["type"];

/** A template, and the path to it in the definition's text for messages. */
interface StateFields {
  readonly name: string;
  /** What the variables are set to when the state is left; by name. */
  readonly assign: Assignments;
  readonly output: Template | undefined;
}

/** Names of variables, each with what gives its value. */
export type Assignments = readonly (readonly [string, Template])[];

/** `next` is undefined where the state has `"End": true`. */
interface Transition {
  readonly next: string | undefined;
}

interface FailureHandling {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** An element of `Retry`, defaults filled in. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: boolean;
}

/** An element of `Catch`. */
export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly assign: Assignments;
  readonly output: Template | undefined;
}

/** Calls a service. */
export interface TaskState extends StateFields, Transition, FailureHandling {
  readonly type: "Task";
  readonly resource: string;
  readonly integration: TaskIntegration;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
}

/** Hands on its input or its output. */
export interface PassState extends StateFields, Transition {
  readonly type: "Pass";
}

/** Waits for some seconds or until a time. */
export interface WaitState extends StateFields, Transition {
  readonly type: "Wait";
  readonly until:
    | { readonly kind: "seconds"; readonly seconds: Template }
    | { readonly kind: "timestamp"; readonly timestamp: Template };
}

/** Goes on by the first condition that holds. */
export interface ChoiceState extends StateFields {
  readonly type: "Choice";
  readonly choices: readonly ChoiceRule[];
  readonly default: string | undefined;
}

interface ChoiceRule {
  readonly condition: Template;
  readonly next: string;
  readonly assign: Assignments;
  readonly output: Template | undefined;
}

/** Ends its flow well. */
export interface SucceedState extends StateFields {
  readonly type: "Succeed";
}

/** Ends the execution, or the state around it, with an error. */
export interface FailState extends StateFields {
  readonly type: "Fail";
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

/** Runs its branches at the same time. */
export interface ParallelState extends StateFields, Transition, FailureHandling {
  readonly type: "Parallel";
  readonly arguments: Template | undefined;
  readonly branches: readonly Flow[];
}

/** Runs one flow for each item. */
export interface MapState extends StateFields, Transition, FailureHandling {
  readonly type: "Map";
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly processor: Flow;
  readonly maxConcurrency: Template | undefined;
  /** Evaluated and checked, but without effect: AWS accepts both on an inline Map (corpus/asl, test_base_map). */
  readonly tolerated: readonly { readonly template: Template; readonly limit: number }[];
}
