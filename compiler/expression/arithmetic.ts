import { assertNever } from "../assert-never.ts";
import type { Json } from "../model/value.ts";
import { describe } from "./operand.ts";

/** Operators on two numbers. Bits are those of 64-bit integers, as in govaluate. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "**" | "&" | "|" | "^" | "<<" | ">>";

/** Result, or why there is none: a side is no number, a division by zero, more than a number can hold. */
export function evaluateArithmetic(
  operator: ArithmeticOperator,
  left: Json,
  right: Json,
): number | { readonly problem: string } {
  if (typeof left !== "number" || typeof right !== "number") {
    return { problem: `"${operator}" needs numbers, but has ${describe(left)} and ${describe(right)}.` };
  }
  if ((operator === "/" || operator === "%") && right === 0) return { problem: `"${operator}" divides by zero.` };
  if ((operator === "<<" || operator === ">>") && (right < 0 || right > 63)) {
    return { problem: `"${operator}" shifts by 0 to 63 bits, not by ${right}.` };
  }
  const result = calculate(operator, left, right);
  return Number.isFinite(result) ? result : { problem: `The result of "${operator}" is not a number.` };
}

function calculate(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "**":
      return left ** right;
    case "&":
      return onBits(left, right, (one, other) => one & other);
    case "|":
      return onBits(left, right, (one, other) => one | other);
    case "^":
      return onBits(left, right, (one, other) => one ^ other);
    case "<<":
      return onBits(left, right, (one, other) => one << other);
    case ">>":
      return onBits(left, right, (one, other) => one >> other);
    /* v8 ignore next -- @preserve */
    default:
      return assertNever(operator);
  }
}

function onBits(left: number, right: number, operation: (one: bigint, other: bigint) => bigint): number {
  const one = BigInt.asIntN(64, BigInt(Math.trunc(left)));
  return Number(BigInt.asIntN(64, operation(one, BigInt.asIntN(64, BigInt(Math.trunc(right))))));
}
