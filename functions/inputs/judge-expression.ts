import {
  type ExpressionName,
  evaluateExpression,
  type Json,
  type PlanExpression,
  type PlanIndex,
  referencesOfExpression,
  type Scope,
} from "../../compiler/index.ts";
import type { Runtime } from "../runtime.ts";
import { type InputContext, loadInputs } from "./load-inputs.ts";
import { maskedScope } from "./mask-secrets.ts";

/** `message` names file, line and column; it shows no secret. `isSecret`: the value may be made of one. */
export type Judgement =
  | { readonly ok: true; readonly value: Json; readonly isSecret: boolean }
  | { readonly ok: false; readonly message: string };

/** Evaluates an `if` or a `break` with the compiler's evaluator. A missing output is the empty text in both. */
export async function judgeExpression(
  runtime: Runtime,
  context: InputContext,
  field: PlanExpression,
  names: { readonly [name in ExpressionName]?: Json },
): Promise<Judgement> {
  const inputs = await loadInputs(runtime, context, referencesOfExpression(field.expression), "empty");
  const scope: Scope = { resolve: inputs.scope.resolve, name: (name) => names[name] };
  const evaluated = evaluateExpression(field.expression, scope);
  const isSecret = inputs.secrets.length > 0;
  if (evaluated.ok) {
    return { ok: true, value: evaluated.value, isSecret };
  }
  // A message shows the values that do not fit, at most their beginning: only without secrets can it be shown.
  const shown = isSecret ? evaluateExpression(field.expression, maskedScope({ ...inputs, scope })) : evaluated;
  const message = shown.ok ? "it cannot be judged with the value of a secret, which is not shown." : shown.message;
  return { ok: false, message: `${placeOf(field, evaluated.span.start, context.plan)}: ${message}` };
}

/** `pipeline.yaml:12:9` for an offset into the source file, which functions do not have. */
function placeOf(field: PlanExpression, offset: number, plan: PlanIndex): string {
  const before = field.text.slice(0, Math.max(0, offset - field.start)).split("\n");
  const last = before.at(-1) ?? "";
  const line = field.place.line + before.length - 1;
  const column = before.length === 1 ? field.place.column + last.length : last.length + 1;
  return `${plan.file}:${line}:${column}`;
}
