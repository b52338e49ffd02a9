import type { Span } from "../source/span.ts";
import type { Reference } from "./reference.ts";

/** Operators of Erda's `if` and `loop.break` (govaluate v3). Source: reference/erda.md 1.7. */
export const BINARY_OPERATORS = [
  "||",
  "&&",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "=~",
  "!~",
  "in",
  "??",
  "+",
  "-",
  "*",
  "/",
  "%",
  "**",
  "&",
  "|",
  "^",
  "<<",
  ">>",
] as const;

/** An operator between two operands. */
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

/** Names that an expression may use without a placeholder; only `loop.break` has values for them. */
export const EXPRESSION_NAMES = ["task_status", "pipeline_status"] as const;

/** A name that stands for a value where the expression is evaluated. */
export type ExpressionName = (typeof EXPRESSION_NAMES)[number];

/** Plain JSON: it is stored in plans and evaluated by the functions with `evaluateExpression`. */
export type Expression =
  | { readonly kind: "literal"; readonly value: boolean | number | string; readonly span: Span }
  /** A quoted string that holds placeholders: `'${{ outputs.a.k }}'`. Always a string. */
  | { readonly kind: "template"; readonly parts: readonly (string | Reference)[]; readonly span: Span }
  /** A placeholder outside quotes. Text that is a number or a boolean counts as one. */
  | { readonly kind: "reference"; readonly reference: Reference; readonly span: Span }
  | { readonly kind: "name"; readonly name: ExpressionName; readonly span: Span }
  | { readonly kind: "unary"; readonly operator: "!" | "-" | "~"; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise?: Expression;
      readonly span: Span;
    }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly span: Span };
