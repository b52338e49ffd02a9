import type { CompileContext } from "../context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";
import { type AppliedFix, describeFix } from "./applied-fix.ts";
import { offsetBefore } from "./apply-edits.ts";
import { createTrials, editsOf, isAsGood, isBetter } from "./choose-fixes.ts";

/** A file after the fixes of its diagnostics. */
export interface FixedFile {
  /** The same file where nothing could be applied. */
  readonly file: SourceFile;
  /** In the order in which they were applied. */
  readonly applied: readonly AppliedFix[];
  /** What is still wrong, all of it, by position in the new text. */
  readonly left: readonly Diagnostic[];
}

/** Rounds at most; each mends what the one before has uncovered. A file with more has mistakes of another kind. */
const MOST_ROUNDS = 20;

/**
 * Applies the first fix of every diagnostic, in rounds, because fixes that overlap wait for the next one. A file is
 * never made worse: what is applied leaves strictly fewer diagnostics and not more errors than there were. Only where
 * the text was no pipeline at all may more be found afterwards, because nothing behind the mistake had been read.
 */
export function fixFile(file: SourceFile, context: CompileContext): FixedFile {
  const trials = createTrials({ ...context, mostDiagnostics: Number.POSITIVE_INFINITY });
  const applied: AppliedFix[] = [];
  let now = trials.judge(file);
  let best = { judged: now, applied: 0 };
  let toOriginal = (offset: number) => offset;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = now;
    // A mistake may hide the next one, as in an expression, which ends at its first. Such a fix is kept if a later round
    // makes it worth it.
    const earlier = toOriginal;
    const choice = trials.choose(before, isBetter, earlier) ?? trials.choose(before, isAsGood, earlier);
    if (!choice) break;
    const edits = editsOf(choice.chosen);
    applied.push(...choice.chosen.map((candidate) => describeFix(candidate, before.file, file, earlier)));
    toOriginal = (offset) => earlier(offsetBefore(before.file.text, edits, offset));
    now = choice.after;
    if (isBetter(now, best.judged)) best = { judged: now, applied: applied.length };
  }
  return { file: best.judged.file, applied: applied.slice(0, best.applied), left: best.judged.diagnostics };
}
