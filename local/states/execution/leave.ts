import type { Assignments } from "../definition/model.ts";
import { type Document, isTooLarge } from "../document.ts";
import { outputDetails, record } from "../history/record.ts";
import { evaluateTemplate, type Template } from "../query/template.ts";
import type { Step } from "../step.ts";
import { assignedDetails, evaluateAssign, setVariables } from "./assign.ts";
import { enterNext, runOf, type StepContext, stateNamed } from "./context.ts";
import type { Frame } from "./execution.ts";
import { dataLimitExceeded, StateFailedError } from "./failure.ts";
import { createScope, type ScopeExtras } from "./scope.ts";

/** One way out of a state: its own, that of a choice rule, or that of a Catcher. */
export interface Exit {
  readonly assign: Assignments;
  readonly output: Template | undefined;
  /** Undefined ends the flow. */
  readonly next: string | undefined;
}

/**
 * Leaves the frame's state: evaluates Output and Assign, sets the variables and goes on.
 * @param otherwise the output where the exit has none
 */
export function* leaveState(
  context: StepContext,
  frame: Frame,
  exit: Exit,
  otherwise: Document,
  extras: ScopeExtras = {},
): Step<void> {
  const { state: name } = runOf(context, frame);
  const scope = createScope(context, frame, extras);
  const output = exit.output === undefined ? otherwise : yield* evaluateTemplate(exit.output, scope);
  if (isTooLarge(output.text)) throw new StateFailedError(dataLimitExceeded(name));
  const assigned = yield* evaluateAssign(exit.assign, scope);
  setVariables(context, frame, assigned);
  record(context, frame, `${stateNamed(context, frame, name).type}StateExited`, [
    "stateExitedEventDetails",
    { name, ...outputDetails(output), ...assignedDetails(assigned) },
  ]);
  frame.run = undefined;
  if (exit.next !== undefined) enterNext(context, frame, exit.next, output);
  else yield* context.nesting.ended(context, frame, output);
}
