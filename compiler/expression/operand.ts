import type { Json } from "../model/value.ts";
import type { Span } from "../source/span.ts";
import { formatNumber } from "./format-number.ts";
import { textOf } from "./render.ts";

/** A value on its way through an expression. */
export interface Operand {
  readonly ok: true;
  readonly value: Json;
  /**
   * Text of a reference outside quotes. An output is text, so it takes the type of what it meets: `'5'` makes it text,
   * `5` a number. A value of the expression itself has none, and its type stays.
   */
  readonly text?: string;
}

/** Why a part of an expression has no value. */
export interface Failure {
  readonly ok: false;
  /** One sentence. */
  readonly message: string;
  readonly span: Span;
}

/** A reference's value: text that looks like a number or a boolean counts as one until it meets text. */
export function operandOfReference(value: Json): Operand {
  if (typeof value !== "string") return { ok: true, value, text: textOf(value) };
  return { ok: true, value: meaningOf(value), text: value };
}

function meaningOf(text: string): boolean | number | string {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** The two values as operands of one type, where a reference's text makes that possible. */
export function alike(left: Operand, right: Operand): readonly [Json, Json] {
  if (typeof left.value === typeof right.value) return [left.value, right.value];
  if (left.text !== undefined && (typeof right.value === "string" || right.text !== undefined)) {
    return [left.text, right.text ?? right.value];
  }
  if (right.text !== undefined && typeof left.value === "string") return [left.value, right.text];
  return [left.value, right.value];
}

/** How a message calls a value: `the number 5`, `the text "x"`, `a list`. */
export function describe(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "number":
      return `the number ${formatNumber(value)}`;
    case "string":
      return value === "" ? "the empty text" : `the text "${value.length > 60 ? `${value.slice(0, 59)}…` : value}"`;
    case "boolean":
      return String(value);
    default:
      return "a map";
  }
}
