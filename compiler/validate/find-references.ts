import { referencesOfExpression, referencesOfParts, referencesOfValue } from "../expression/references-of.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import type { Reference } from "../model/reference.ts";
import type { PlacedAction } from "./placed-action.ts";

/** Where a reference stands. */
type ReferenceField = "params" | "commands" | "image" | "if" | "break" | "labels" | "envs" | "outputs" | "default";

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
      if (reference.kind === "config") add(referencesOfParts(reference.key.parts), field, from);
    }
  };
  for (const { value } of pipeline.envs) add(referencesOfValue(value), "envs");
  for (const param of pipeline.params) if (param.default) add(referencesOfValue(param.default), "default");
  for (const placed of actions) {
    if (!placed.action.disabled) addAction(placed.action, (references, field) => add(references, field, placed));
  }
  for (const { ref } of pipeline.outputs) add(referencesOfValue(ref), "outputs");
  return found;
}

function addAction(action: Action, add: (references: Iterable<Reference>, field: ReferenceField) => void): void {
  for (const { value } of action.params) add(referencesOfValue(value), "params");
  for (const { value } of action.labels) add(referencesOfValue(value), "labels");
  if (action.image) add(referencesOfValue(action.image), "image");
  const parts = action.commands?.parts ?? [];
  add(
    parts.flatMap((part) => (typeof part === "string" ? [] : [part.reference])),
    "commands",
  );
  if (action.condition) add(referencesOfExpression(action.condition.expression), "if");
  if (action.loop?.break) add(referencesOfExpression(action.loop.break.expression), "break");
}
