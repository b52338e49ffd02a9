import { type PlanAction, type Reference, referencesOfValue } from "../../compiler/index.ts";

/** Every reference among the values that an attempt of the action is given. */
export function referencesOfAction(action: PlanAction): readonly Reference[] {
  const values = [...action.params, ...action.envs, ...(action.script?.variables ?? [])];
  return values.flatMap((named) => referencesOfValue(named.value));
}
