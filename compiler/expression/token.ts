import type { Reference } from "../model/reference.ts";

/** One word of an expression; `start` and `end` are indexes into the expression's text. */
export type Token = { readonly start: number; readonly end: number; readonly text: string } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly parts: readonly (string | Reference)[] }
  | { readonly kind: "reference"; readonly reference: Reference }
  | { readonly kind: "word" }
  | { readonly kind: "symbol" }
  | { readonly kind: "end" }
);

/** Operators and brackets, longest first so that `**` is not read as two `*`. */
export const SYMBOLS = [
  "||",
  "&&",
  "==",
  "!=",
  "<=",
  ">=",
  "=~",
  "!~",
  "**",
  "<<",
  ">>",
  "??",
  "<",
  ">",
  "+",
  "-",
  "*",
  "/",
  "%",
  "&",
  "|",
  "^",
  "~",
  "!",
  "?",
  ":",
  "(",
  ")",
  "[",
  "]",
  ",",
] as const;
