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

/** `message` names file, line and column. */
export type Judgement = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string };

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
  return evaluated.ok
    ? { ok: true, value: evaluated.value }
    : { ok: false, message: `${placeOf(field, evaluated.span.start, context.plan)}: ${evaluated.message}` };
}

/** `pipeline.yaml:12:9` for an offset into the source file, which functions do not have. */
function placeOf(field: PlanExpression, offset: number, plan: PlanIndex): string {
  const before = field.text.slice(0, Math.max(0, offset - field.start)).split("\n");
  const last = before.at(-1) ?? "";
  const line = field.place.line + before.length - 1;
  const column = before.length === 1 ? field.place.column + last.length : last.length + 1;
  return `${plan.file}:${line}:${column}`;
}
