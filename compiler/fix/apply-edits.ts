import type { Edit } from "../diagnostics/diagnostic.ts";

/**
 * Replaces in `text`; edits must not overlap (`collide`). The line feeds of what is put in become those that the text
 * has, so a file with `\r\n` keeps it everywhere.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let applied = "";
  let end = 0;
  for (const { newText, span } of [...edits].sort(byPlace)) {
    applied += text.slice(end, span.start) + withLineEndsOf(text, newText);
    end = span.end;
  }
  return applied + text.slice(end);
}

/** Whether two edits are about the same characters, or an insertion touches the other: their order would matter. */
export function collide(left: Edit, right: Edit): boolean {
  const isInsertion = left.span.start === left.span.end || right.span.start === right.span.end;
  return isInsertion
    ? left.span.start <= right.span.end && right.span.start <= left.span.end
    : left.span.start < right.span.end && right.span.start < left.span.end;
}

/** Where an offset of `applyEdits(text, edits)` was in `text`; inside what was put in, the start of its edit. */
export function offsetBefore(text: string, edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { newText, span } of [...edits].sort(byPlace)) {
    const length = withLineEndsOf(text, newText).length;
    if (offset < span.start + shift) break;
    if (offset < span.start + shift + length) return span.start;
    shift += length - (span.end - span.start);
  }
  return offset - shift;
}

function byPlace(left: Edit, right: Edit): number {
  return left.span.start - right.span.start;
}

function withLineEndsOf(text: string, newText: string): string {
  return text.includes("\r\n") ? newText.replace(/\r?\n/g, "\r\n") : newText;
}
