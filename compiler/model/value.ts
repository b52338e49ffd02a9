import type { Span } from "../source/span.ts";
import type { Reference } from "./reference.ts";

/** A JSON value that holds no other. */
export type JsonPrimitive = null | boolean | number | string;

/** Any JSON value, never changed. */
export type Json = JsonPrimitive | readonly Json[] | { readonly [key: string]: Json };

/**
 * A YAML value whose string leaves may hold references. Substitution happens in this tree, after YAML is parsed,
 * so a value can never change the tree around it. A template of exactly one reference keeps the type of what it
 * refers to; any other template renders to a string.
 */
export type Value =
  | { readonly kind: "literal"; readonly value: JsonPrimitive; readonly span: Span }
  | { readonly kind: "template"; readonly parts: readonly (string | Reference)[]; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly Value[]; readonly span: Span }
  | { readonly kind: "map"; readonly entries: readonly ValueEntry[]; readonly span: Span };

/** One key of a map with its value. */
export interface ValueEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Value;
}
