import type { Reference } from "../../model/reference.ts";
import { type Placeholder, readPlaceholder } from "./read-placeholder.ts";
import type { ReferenceContext } from "./reference-context.ts";

/** A reference in a text, with its spelling there. */
export interface SpelledReference {
  readonly reference: Reference;
  readonly text: string;
}

/** Cuts a text where references stand; neighbouring literal text is joined, empty text left out. */
export function splitSpelled(text: string, context: ReferenceContext): readonly (string | SpelledReference)[] {
  const parts: (string | SpelledReference)[] = [];
  let literalStart = 0;
  let index = 0;
  // Each is looked for again only once it lies behind, or a text of many of the one and none of the other took the square.
  let brace = -1;
  let bracket = -1;
  while (index < text.length) {
    if (brace < index) brace = indexOrEnd(text, "${", index);
    if (bracket < index) bracket = indexOrEnd(text, "((", index);
    const start = Math.min(brace, bracket);
    if (start === text.length) break;
    const placeholder = placeholderAt(text, start, context);
    if (placeholder?.reference) {
      if (start > literalStart) parts.push(text.slice(literalStart, start));
      parts.push({ reference: placeholder.reference, text: text.slice(start, placeholder.end) });
      literalStart = placeholder.end;
    }
    index = placeholder?.end ?? start + 1;
  }
  if (literalStart < text.length) parts.push(text.slice(literalStart));
  return parts;
}

/** The placeholder that starts at `index`, or `undefined`; the keys of configs may hold further ones. */
export function placeholderAt(text: string, index: number, context: ReferenceContext): Placeholder | undefined {
  return readPlaceholder(text, index, context, splitTemplate);
}

/** Like `splitSpelled`, without the spellings. */
export function splitTemplate(text: string, context: ReferenceContext): readonly (string | Reference)[] {
  return splitSpelled(text, context).map((part) => (typeof part === "string" ? part : part.reference));
}

/** Whether a text may hold a reference at all: a cheap test before offsets are computed. */
export function mayHoldReference(text: string): boolean {
  return text.includes("${") || text.includes("((");
}

function indexOrEnd(text: string, opening: string, from: number): number {
  const index = text.indexOf(opening, from);
  return index === -1 ? text.length : index;
}
