import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { lineMapOf, positionOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import { applyEdits } from "./apply-edits.ts";

/** A fix with the diagnostic that offers it. */
export interface OfferedFix {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

/** One fix that was applied, with the lines it changed. */
export interface AppliedFix {
  /** Code of the diagnostic that it mends. */
  readonly code: string;
  readonly title: string;
  /** Where the mistake begins in the text as it was given. */
  readonly offset: number;
  /** 1-based place in the text as it was given. */
  readonly line: number;
  readonly column: number;
  /** Whole lines, without those that stay as they are. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Describes a fix of `before`, which may have been changed since `original`. */
export function describeFix(
  { diagnostic, fix }: OfferedFix,
  before: SourceFile,
  original: SourceFile,
  toOriginal: (offset: number) => number,
): AppliedFix {
  const lines = lineMapOf(before);
  const starts = fix.edits.map(({ span }) => span.start);
  const ends = fix.edits.map(({ span }) => span.end);
  const start = lines.lineStart(lines.positionAt(Math.min(...starts)).line);
  const last = lines.positionAt(Math.max(...ends)).line;
  const end = lines.lineStart(last) + lines.lineText(last).length;
  const touched = before.text.slice(start, end);
  const edits = fix.edits.map(({ newText, span }) => ({
    newText,
    span: { start: span.start - start, end: span.end - start },
  }));
  const offset = toOriginal(diagnostic.span.start);
  return {
    code: diagnostic.code,
    title: fix.title,
    offset,
    ...positionOf(original, offset),
    ...changedLines(linesOf(touched), linesOf(applyEdits(touched, edits))),
  };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

/** An edit begins in the first of the lines that it touches; the last ones it may leave as they are. */
function changedLines(
  before: readonly string[],
  after: readonly string[],
): { readonly removed: readonly string[]; readonly added: readonly string[] } {
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { removed: before.slice(0, before.length - tail), added: after.slice(0, after.length - tail) };
}
