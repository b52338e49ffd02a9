import type { Expression } from "../model/expression.ts";
import type { Reference } from "../model/reference.ts";

/** A value of the model or of a plan: both have this shape. */
type ReferringValue =
  | { readonly kind: "literal" }
  | { readonly kind: "template"; readonly parts: readonly (string | Reference)[] }
  | { readonly kind: "list"; readonly items: readonly ReferringValue[] }
  | { readonly kind: "map"; readonly entries: readonly { readonly value: ReferringValue }[] };

/** Every reference that a value holds, without those inside the keys of configs. */
export function referencesOfValue(value: ReferringValue): readonly Reference[] {
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

/** Every reference that an expression holds, without those inside the keys of configs. */
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
      return [expression.left, expression.right].flatMap(referencesOfExpression);
    case "conditional":
      return [expression.test, expression.then, ...(expression.otherwise ? [expression.otherwise] : [])].flatMap(
        referencesOfExpression,
      );
    case "list":
      return expression.items.flatMap(referencesOfExpression);
  }
}

/** The references among the parts of a template. */
export function referencesOfParts(parts: readonly (string | Reference)[]): readonly Reference[] {
  return parts.filter((part) => typeof part !== "string");
}
