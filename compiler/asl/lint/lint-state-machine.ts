import { asObject, viewMachine } from "./machine-view.ts";
import type { LintProblem } from "./rule.ts";
import { LINT_RULES } from "./rules/index.ts";

/**
 * Checks a definition in JSONata mode against what Step Functions accepts and what Sluice promises. It is stricter than
 * asl-validator 4, which lets shadowed variables, a heartbeat that equals its timeout, `$eval`, `Assign` of `states` and
 * a mixed `States.ALL` pass. Empty means that nothing is wrong. Never throws, whatever the definition is.
 */
export function lintStateMachine(definition: unknown): readonly LintProblem[] {
  const object = asObject(definition);
  if (!object) return [{ rule: "shape", path: "", message: "A state machine is a JSON object." }];
  const machine = viewMachine(object);
  return LINT_RULES.flatMap((rule) => rule.check(machine).map((finding) => ({ rule: rule.name, ...finding })));
}
