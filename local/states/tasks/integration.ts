import type { Document, Json } from "../document.ts";

/**
 * A service that a Task can call: everything that differs between Resources. The engine calls `run` outside of any
 * step and feeds the answer back as an event.
 */
export interface TaskIntegration {
  /** `lambdaFunction` for a function's ARN as Resource, whose events have names of their own; `service` for the rest. */
  readonly events: "lambdaFunction" | "service";
  /** `lambda` and `invoke.waitForTaskToken` of `arn:aws:states:::lambda:invoke.waitForTaskToken`, as the events name them. */
  readonly resourceType: string;
  readonly resource: string;
  /** Whether the state waits for its task token after the call. */
  readonly waitsForToken: boolean;
  /** What is wrong with arguments as they stand in the definition; expressions are strings there. Paths begin with `/`. */
  check(argumentsValue: Json): readonly ArgumentProblem[];
  run(argumentsDocument: Document): Promise<TaskAnswer>;
}

/** What is wrong with arguments, and where in them. */
export interface ArgumentProblem {
  readonly message: string;
  readonly path: string;
}

/** How a call ended. Never rejected: what goes wrong is an answer with an error name. */
export type TaskAnswer =
  | { readonly kind: "succeeded"; readonly output: Document }
  | { readonly kind: "failed"; readonly error: string; readonly cause: string };

/** Finds the integration of a Task's Resource; undefined for one that is not there. */
export type FindIntegration = (resource: string) => TaskIntegration | undefined;
