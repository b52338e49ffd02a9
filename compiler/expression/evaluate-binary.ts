import { assertNever } from "../assert-never.ts";
import type { BinaryOperator, Expression } from "../model/expression.ts";
import type { Json } from "../model/value.ts";
import { evaluateArithmetic } from "./arithmetic.ts";
import { alike, describe, type Failure, type Operand } from "./operand.ts";
import { compilePattern } from "./pattern/compile-pattern.ts";
import { textOf } from "./render.ts";

type Binary = Extract<Expression, { kind: "binary" }>;
type Evaluate = (part: Expression) => Operand | Failure;

/** Evaluates an operator with two sides; `&&`, `||` and `??` evaluate the right one only when needed. */
export function evaluateBinary(expression: Binary, evaluate: Evaluate): Operand | Failure {
  const { operator } = expression;
  if (operator === "&&" || operator === "||") return evaluateLogical(expression, operator, evaluate);
  if (operator === "??") return evaluateCoalesce(expression, evaluate);
  const left = evaluate(expression.left);
  if (!left.ok) return left;
  const right = evaluate(expression.right);
  if (!right.ok) return right;
  const answer = apply(operator, left, right);
  return typeof answer === "object" && answer !== null && "problem" in answer
    ? { ok: false, message: answer.problem, span: expression.span }
    : { ok: true, value: answer };
}

/** Part of a failure that does not know its place yet. */
interface Problem {
  readonly problem: string;
}

type Strict = Exclude<BinaryOperator, "&&" | "||" | "??">;

function apply(operator: Strict, left: Operand, right: Operand): boolean | number | string | Problem {
  switch (operator) {
    case "==":
    case "!=":
      return isEqual(operator, left, right);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compareOrder(operator, left, right);
    case "=~":
    case "!~":
      return matchPattern(operator, left, right);
    case "in":
      return isIn(left, right.value);
    case "+":
      return addValues(left.value, right.value);
    case "-":
    case "*":
    case "/":
    case "%":
    case "**":
    case "&":
    case "|":
    case "^":
    case "<<":
    case ">>":
      return evaluateArithmetic(operator, left.value, right.value);
    /* v8 ignore next -- @preserve */
    default:
      return assertNever(operator);
  }
}

function evaluateLogical(expression: Binary, operator: "&&" | "||", evaluate: Evaluate): Operand | Failure {
  for (const side of [expression.left, expression.right]) {
    const result = evaluate(side);
    if (!result.ok) return result;
    if (typeof result.value !== "boolean") {
      const message = `"${operator}" needs true or false on each side, but has ${describe(result.value)}.`;
      return { ok: false, message, span: side.span };
    }
    if (result.value === (operator === "||")) return { ok: true, value: result.value };
  }
  return { ok: true, value: operator === "&&" };
}

function evaluateCoalesce(expression: Binary, evaluate: Evaluate): Operand | Failure {
  const left = evaluate(expression.left);
  const isMissing = expression.left.kind === "reference" && !left.ok;
  if (isMissing || (left.ok && left.value === null)) return evaluate(expression.right);
  return left;
}

function isEqual(operator: "==" | "!=", left: Operand, right: Operand): boolean | Problem {
  const [first, second] = alike(left, right);
  if (first !== null && second !== null && typeof first !== typeof second) return mixed(operator, first, second);
  return sameJson(first, second) === (operator === "==");
}

function compareOrder(operator: "<" | "<=" | ">" | ">=", left: Operand, right: Operand): boolean | Problem {
  const [first, second] = alike(left, right);
  const comparable =
    (typeof first === "number" && typeof second === "number") ||
    (typeof first === "string" && typeof second === "string");
  if (!comparable) return mixed(operator, first, second);
  switch (operator) {
    case "<":
      return first < second;
    case "<=":
      return first <= second;
    case ">":
      return first > second;
    case ">=":
      return first >= second;
  }
}

function matchPattern(operator: "=~" | "!~", left: Operand, right: Operand): boolean | Problem {
  const text = left.text ?? left.value;
  const source = right.text ?? right.value;
  if (typeof text !== "string" || typeof source !== "string") return mixed(operator, text, source, "text on each side");
  const pattern = compilePattern(source);
  if (!pattern.ok) return { problem: `The regular expression is not valid: ${pattern.reason}.` };
  if (text.length > pattern.longestText) {
    return { problem: `The text has ${text.length} characters; this pattern searches at most ${pattern.longestText}.` };
  }
  return pattern.occursIn(text) === (operator === "=~");
}

function isIn(left: Operand, list: Json): boolean | Problem {
  if (!Array.isArray(list)) return { problem: `"in" needs a list on its right side, but has ${describe(list)}.` };
  return list.some((item) => {
    const [first, second] = alike(left, { ok: true, value: item });
    return sameJson(first, second);
  });
}

function addValues(left: Json, right: Json): number | string | Problem {
  if (typeof left === "number" && typeof right === "number") return evaluateArithmetic("+", left, right);
  if (typeof left === "string" || typeof right === "string") return textOf(left) + textOf(right);
  return mixed("+", left, right, "two numbers or a text");
}

function mixed(operator: BinaryOperator, left: Json, right: Json, wanted = "the same type on each side"): Problem {
  return { problem: `"${operator}" needs ${wanted}, but has ${describe(left)} and ${describe(right)}.` };
}

function sameJson(left: Json, right: Json): boolean {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  const [one, other] = [Object.entries(left), new Map(Object.entries(right))];
  return (
    Array.isArray(left) === Array.isArray(right) &&
    one.length === other.size &&
    one.every(([key, value]) => other.has(key) && sameJson(value, other.get(key) ?? null))
  );
}
