import type { State, StateMachineDefinition, TaskState } from "../asl/types.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { Outcome } from "./report.ts";

/** States that share one `StartAt`. */
interface Scope {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

/**
 * Billed transitions of one execution: states entered plus retries; the start is not counted. `outcome` says how each
 * action ended, by its key; one that it does not name succeeded at the first try. A skip costs what a success costs.
 *
 * Faults of the platform are not counted: retries of `Sluice.Retryable`, and failures that no function could report.
 */
export function countTransitions(definition: StateMachineDefinition, outcome: Outcome): number {
  return countScope(definition, outcome, false);
}

function countScope(scope: Scope, outcome: Outcome, isBranch: boolean): number {
  let count = 0;
  let name: string | undefined = scope.StartAt;
  while (name !== undefined) {
    const state: State | undefined = scope.States[name];
    if (!state) throw new InternalCompilerError(`There is no state "${name}".`);
    count += 1;
    if (state.Type === "Parallel") {
      for (const branch of state.Branches) count += countScope(branch, outcome, true);
    }
    if (state.Type !== "Task") {
      name = state.Type === "Succeed" ? undefined : state.Next;
      continue;
    }
    const end = endOf(state, outcome);
    count += end.retries;
    // In a branch a failure is reported as a result, so that the siblings finish (plan: onFailure "report").
    name = end.failed && !isBranch ? state.Catch?.[0]?.Next : state.Next;
  }
  return count;
}

function endOf(state: TaskState, outcome: Outcome): { readonly failed: boolean; readonly retries: number } {
  const key = state.Arguments.Payload["action"];
  const end = typeof key === "string" && Object.hasOwn(outcome, key) ? outcome[key] : undefined;
  return { failed: end?.end === "failed" || end?.end === "timedOut", retries: end?.retries ?? 0 };
}
