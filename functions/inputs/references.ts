import type { Expression, PlanAction, PlanValue, Reference } from "../../compiler/index.ts";

/** Every reference that a value holds, without those inside the keys of configs. */
export function referencesOfValue(value: PlanValue): readonly Reference[] {
  switch (value.kind) {
    case "literal":
      return [];
    case "template":
      return referencesOfParts(value.parts);
    case "list":
      return value.items.flatMap(referencesOfValue);
    case "map":
      return value.entries.flatMap((entry) => referencesOfValue(entry.value));
  }
}

/** Every reference that an expression holds. */
export function referencesOfExpression(expression: Expression): readonly Reference[] {
  switch (expression.kind) {
    case "literal":
    case "name":
      return [];
    case "template":
      return referencesOfParts(expression.parts);
    case "reference":
      return [expression.reference];
    case "unary":
      return referencesOfExpression(expression.operand);
    case "binary":
      return [...referencesOfExpression(expression.left), ...referencesOfExpression(expression.right)];
    case "conditional":
      return [expression.test, expression.then, ...(expression.otherwise ? [expression.otherwise] : [])].flatMap(
        referencesOfExpression,
      );
    case "list":
      return expression.items.flatMap(referencesOfExpression);
  }
}

/** Every reference among the values that an attempt of the action is given. */
export function referencesOfAction(action: PlanAction): readonly Reference[] {
  const values = [...action.params, ...action.envs, ...(action.script?.variables ?? [])];
  return values.flatMap((named) => referencesOfValue(named.value));
}

/** The references among the parts of a template. */
export function referencesOfParts(parts: readonly (string | Reference)[]): readonly Reference[] {
  return parts.filter((part) => typeof part !== "string");
}
