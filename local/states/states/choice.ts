import type { ChoiceState } from "../definition/model.ts";
import type { Json } from "../document.ts";
import { STATES_ERRORS } from "../error-names.ts";
import { runOf, type StepContext } from "../execution/context.ts";
import type { Frame } from "../execution/execution.ts";
import { StateFailedError } from "../execution/failure.ts";
import { leaveState } from "../execution/leave.ts";
import { createScope } from "../execution/scope.ts";
import { evaluateAs } from "../query/template.ts";
import type { Step } from "../step.ts";

/** Leaves by the first rule whose condition is true, else by Default with the state's own Output and Assign. */
export function* beginChoice(context: StepContext, frame: Frame, state: ChoiceState): Step<void> {
  const { input, enteredEventId } = runOf(context, frame);
  const scope = createScope(context, frame);
  for (const rule of state.choices) {
    if (yield* evaluateAs(rule.condition, scope, "boolean", isBoolean)) {
      yield* leaveState(context, frame, rule, input);
      return;
    }
  }
  if (state.default !== undefined) {
    yield* leaveState(context, frame, { ...state, next: state.default }, input);
    return;
  }
  throw new StateFailedError({
    error: STATES_ERRORS.noChoiceMatched,
    cause:
      `An error occurred while executing the state '${state.name}' (entered at the event id #${enteredEventId}). ` +
      "Failed to transition out of the state. The state does not point to a next state.",
  });
}

function isBoolean(value: Json): value is boolean {
  return typeof value === "boolean";
}
