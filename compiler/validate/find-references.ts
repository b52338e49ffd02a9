import type { Expression } from "../model/expression.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import type { Reference } from "../model/reference.ts";
import type { Value } from "../model/value.ts";
import type { PlacedAction } from "./rule-context.ts";

/** Where a reference stands. */
type ReferenceField = "params" | "commands" | "if" | "break" | "labels" | "envs" | "outputs" | "default";

/** A reference with the action that holds it; none for those at the top of the file. */
export interface PlacedReference {
  readonly reference: Reference;
  readonly field: ReferenceField;
  readonly from: PlacedAction | undefined;
}

/** Every reference of a pipeline, also those inside the keys of config references. */
export function findReferences(pipeline: Pipeline, actions: readonly PlacedAction[]): readonly PlacedReference[] {
  const found: PlacedReference[] = [];
  const add = (references: Iterable<Reference>, field: ReferenceField, from?: PlacedAction) => {
    for (const reference of references) {
      found.push({ reference, field, from });
      if (reference.kind === "config") add(inParts(reference.key.parts), field, from);
    }
  };
  for (const { value } of pipeline.envs) add(inValue(value), "envs");
  for (const param of pipeline.params) if (param.default) add(inValue(param.default), "default");
  for (const placed of actions) {
    if (!placed.action.disabled) addAction(placed.action, (references, field) => add(references, field, placed));
  }
  for (const { ref } of pipeline.outputs) add(inValue(ref), "outputs");
  return found;
}

function addAction(action: Action, add: (references: Iterable<Reference>, field: ReferenceField) => void): void {
  for (const { value } of action.params) add(inValue(value), "params");
  for (const { value } of action.labels) add(inValue(value), "labels");
  const parts = action.commands?.parts ?? [];
  add(
    parts.flatMap((part) => (typeof part === "string" ? [] : [part.reference])),
    "commands",
  );
  if (action.condition) add(inExpression(action.condition.expression), "if");
  if (action.loop?.break) add(inExpression(action.loop.break.expression), "break");
}

function inParts(parts: readonly (string | Reference)[]): readonly Reference[] {
  return parts.filter((part) => typeof part !== "string");
}

function inValue(value: Value): readonly Reference[] {
  switch (value.kind) {
    case "literal":
      return [];
    case "template":
      return inParts(value.parts);
    case "list":
      return value.items.flatMap(inValue);
    case "map":
      return value.entries.flatMap((entry) => inValue(entry.value));
  }
}

function inExpression(expression: Expression): readonly Reference[] {
  switch (expression.kind) {
    case "literal":
    case "name":
      return [];
    case "template":
      return inParts(expression.parts);
    case "reference":
      return [expression.reference];
    case "unary":
      return inExpression(expression.operand);
    case "binary":
      return [expression.left, expression.right].flatMap(inExpression);
    case "conditional":
      return [expression.test, expression.then, ...(expression.otherwise ? [expression.otherwise] : [])].flatMap(
        inExpression,
      );
    case "list":
      return expression.items.flatMap(inExpression);
  }
}
