import type { Expression } from "../model/expression.ts";
import type { Json } from "../model/value.ts";
import type { Span } from "../source/span.ts";
import { evaluateBinary } from "./evaluate-binary.ts";
import { describe, type Failure, type Operand, operandOfReference } from "./operand.ts";
import { asSentence, renderTemplate, textOf } from "./render.ts";
import { resolveReference } from "./resolve-reference.ts";
import type { Scope } from "./scope.ts";

/** The value of an expression, or why it has none and where in the source that is. */
export type Evaluated =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string; readonly span: Span };

/**
 * Evaluates an expression with govaluate's operators (reference/erda.md 1.7), typed: text and numbers do not compare,
 * `&&` wants true or false. Where govaluate quietly answers false, this is an error with the place of the mistake.
 * What a missing reference means is the scope's choice; where it says `missing`, `??` gives its right side.
 */
export function evaluateExpression(expression: Expression, scope: Scope): Evaluated {
  const result = evaluate(expression, scope);
  return result.ok ? { ok: true, value: result.value } : result;
}

/** Like `evaluateExpression`, for a place that needs true or false: anything else is an error. */
export function evaluateCondition(
  expression: Expression,
  scope: Scope,
): { readonly ok: true; readonly value: boolean } | Failure {
  const result = evaluate(expression, scope);
  if (!result.ok) return result;
  if (typeof result.value === "boolean") return { ok: true, value: result.value };
  return fail(expression, `The expression gives ${describe(result.value)}, but must give true or false.`);
}

function evaluate(expression: Expression, scope: Scope): Operand | Failure {
  switch (expression.kind) {
    case "literal":
      return { ok: true, value: expression.value };
    case "template": {
      const rendered = renderTemplate(expression, scope);
      return rendered.ok ? { ok: true, value: rendered.value } : rendered;
    }
    case "reference":
      return evaluateReference(expression, scope);
    case "name": {
      const value = scope.name(expression.name);
      if (value === undefined) return fail(expression, `"${expression.name}" has no value here.`);
      return { ok: true, value };
    }
    case "unary":
      return evaluateUnary(expression, scope);
    case "binary":
      return evaluateBinary(expression, (part) => evaluate(part, scope));
    case "conditional": {
      const test = evaluate(expression.test, scope);
      if (!test.ok) return test;
      if (typeof test.value !== "boolean") {
        return fail(expression.test, `"?" needs true or false before it, but has ${describe(test.value)}.`);
      }
      if (test.value) return evaluate(expression.then, scope);
      return expression.otherwise ? evaluate(expression.otherwise, scope) : { ok: true, value: null };
    }
    case "list": {
      const items: Json[] = [];
      for (const item of expression.items) {
        const result = evaluate(item, scope);
        if (!result.ok) return result;
        items.push(result.value);
      }
      return { ok: true, value: items };
    }
  }
}

function evaluateReference(expression: Extract<Expression, { kind: "reference" }>, scope: Scope): Operand | Failure {
  const { reference } = expression;
  const resolved = resolveReference(reference, scope);
  if (resolved.kind === "missing") return fail(expression, asSentence(resolved.reason));
  // The quotes that a modifier adds make the value text in Erda, and are gone once it is read.
  return reference.modifier ? { ok: true, value: textOf(resolved.value) } : operandOfReference(resolved.value);
}

function evaluateUnary({ operand, operator }: Extract<Expression, { kind: "unary" }>, scope: Scope): Operand | Failure {
  const result = evaluate(operand, scope);
  if (!result.ok) return result;
  const { value } = result;
  if (operator === "!" && typeof value === "boolean") return { ok: true, value: !value };
  if (operator === "-" && typeof value === "number") return { ok: true, value: -value };
  if (operator === "~" && typeof value === "number") {
    return { ok: true, value: Number(BigInt.asIntN(64, ~BigInt(Math.trunc(value)))) };
  }
  return fail(
    operand,
    `"${operator}" needs ${operator === "!" ? "true or false" : "a number"}, but has ${describe(value)}.`,
  );
}

function fail({ span }: Expression, message: string): Failure {
  return { ok: false, message, span };
}
