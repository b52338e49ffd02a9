import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { OfferedFix } from "./applied-fix.ts";

/** A text with what is wrong with it. */
export interface Judged {
  readonly file: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: number;
  /** Whether the text is a pipeline: before, most of it was not even looked at. */
  readonly readable: boolean;
}

/** Some fixes on trial. */
export interface Step {
  /** The text that all places are counted in. */
  readonly text: string;
  readonly group: readonly OfferedFix[];
  readonly before: PlacedJudgement;
  readonly after: PlacedJudgement;
}

interface PlacedJudgement extends Judged {
  /** Where an offset of its text is in the text of the step. */
  placeOf(offset: number): number;
}

/** Whether what a step leads to is worth having instead of what there was. */
export type Accept = (step: Step) => boolean;

/**
 * No more errors, and fewer diagnostics by the number of fixes, so that none rides on what another one mends; or a
 * pipeline at last.
 */
export function isBetter({ after, before, group }: Step): boolean {
  if (!hasFewer(after, before)) return false;
  return after.readable !== before.readable || after.diagnostics.length <= before.diagnostics.length - group.length;
}

/** What every better text is at least: fewer diagnostics and no more errors, or a pipeline at last. */
export function hasFewer(after: Judged, before: Judged): boolean {
  if (after.readable !== before.readable) return after.readable;
  return after.errors <= before.errors && after.diagnostics.length < before.diagnostics.length;
}

/** As many diagnostics, but others: what was mended may have hidden them. */
export function isAsGood({ after, before }: Step): boolean {
  return (
    after.readable === before.readable &&
    after.errors <= before.errors &&
    after.diagnostics.length === before.diagnostics.length
  );
}

/**
 * Every mistake of the group is gone, and all that came stands where nothing was looked at before: behind a mistake of
 * YAML, or in the value of a misspelt key. Those mistakes were there, and hidden.
 */
export function uncovers({ after, before, group, text }: Step): boolean {
  const hidden = group.flatMap((offered) => hiddenBehind(offered, before.readable, text));
  if (hidden.length < group.length) return false;
  const known = new Set(before.diagnostics.map(({ code, span }) => `${code} ${before.placeOf(span.start)}`));
  const mended = new Set(group.map(({ diagnostic: { code, span } }) => `${code} ${span.start}`));
  return after.diagnostics.every(({ code, severity, span }) => {
    const place = after.placeOf(span.start);
    const identity = `${code} ${place}`;
    if (mended.has(identity)) return false;
    if (known.has(identity) || hidden.some(({ end, start }) => place > start && place <= end)) return true;
    // What is said of the right word itself, such as what it needs.
    return severity === "warning" && hidden.some(({ word }) => place === word);
  });
}

interface Hidden {
  /** Where the mistake begins. */
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

/** What nobody looked at because of a mistake; none where the mistake hides nothing. */
function hiddenBehind({ diagnostic, fix }: OfferedFix, isReadable: boolean, text: string): readonly Hidden[] {
  const { start, end } = diagnostic.span;
  if (!isReadable) return [{ word: start, start: end - 1, end: text.length }];
  const isKey = fix.edits.length === 1 && fix.edits.every((edit) => edit.span.end === end && text[end] === ":");
  return isKey ? [{ word: start, start: end, end: endOfValue(text, start, end) }] : [];
}

/** Where the value of a block map's key ends: with the last line that is indented deeper than the key. */
function endOfValue(text: string, start: number, end: number): number {
  const column = start - (text.lastIndexOf("\n", start - 1) + 1);
  const deeper = new RegExp(`[^\\n]*(\\n[^\\S\\n]*(?=\\n|$)|\\n {${column + 1}}[^\\n]*|\\n {${column}}-[^\\n]*)*`, "y");
  deeper.lastIndex = end;
  deeper.exec(text);
  return deeper.lastIndex;
}
