import type { Assignments } from "../definition/model.ts";
import { type Document, isTooLarge } from "../document.ts";
import { STATES_ERRORS } from "../error-names.ts";
import { type EventDetails, NOT_TRUNCATED } from "../history/event.ts";
import type { Scope } from "../query/expression.ts";
import { evaluateTemplate } from "../query/template.ts";
import type { Step } from "../step.ts";
import type { StepContext } from "./context.ts";
import type { Frame } from "./execution.ts";
import { StateFailedError } from "./failure.ts";

/** All variables of an execution together: 10 MiB. Source: reference/aws.md 3.7 */
const LARGEST_VARIABLES_LENGTH = 10 * 1024 * 1024;

/** Names of variables, each with the value it is set to. */
export type Assigned = readonly (readonly [string, Document])[];

/** Evaluates an `Assign`; all of it sees the variables as they were before. */
export function* evaluateAssign(assignments: Assignments, scope: Scope): Step<Assigned> {
  const assigned: [string, Document][] = [];
  for (const [name, template] of assignments) assigned.push([name, yield* evaluateTemplate(template, scope)]);
  const tooLarge = assigned.find(([, { text }]) => isTooLarge(text));
  if (tooLarge !== undefined) throw limitExceeded(`the variable '${tooLarge[0]}'`);
  return assigned;
}

/** Sets the variables in the frame. @throws {StateFailedError} when all variables together become too large */
export function setVariables(context: StepContext, frame: Frame, assigned: Assigned): void {
  const { execution } = context;
  for (const [name, document] of assigned) {
    execution.variablesLength += document.text.length - (frame.variables[name]?.text.length ?? 0);
    frame.variables[name] = document;
  }
  if (execution.variablesLength > LARGEST_VARIABLES_LENGTH) throw limitExceeded("all variables together");
}

/** Variables vanish with their scope. */
export function dropVariables(context: StepContext, frame: Frame): void {
  for (const { text } of Object.values(frame.variables)) context.execution.variablesLength -= text.length;
}

/** `assignedVariables` of a `StateExited` event. */
export function assignedDetails(assigned: Assigned): EventDetails {
  if (assigned.length === 0) return {};
  return {
    assignedVariables: Object.fromEntries(assigned.map(([name, { text }]) => [name, text])),
    assignedVariablesDetails: NOT_TRUNCATED,
  };
}

function limitExceeded(what: string): StateFailedError {
  return new StateFailedError({
    error: STATES_ERRORS.dataLimitExceeded,
    cause: `The size of ${what} exceeds the maximum number of bytes service limit.`,
  });
}
