import type { CompileContext } from "../context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";
import { type AppliedFix, describeFix } from "./applied-fix.ts";
import { offsetBefore } from "./apply-edits.ts";
import { createTrials, editsOf, MOST_ATTEMPTS, type Trials } from "./choose-fixes.ts";
import { type Accept, hasFewer, isAsGood, isBetter, type Judged, uncovers } from "./worth.ts";

/** A file after the fixes of its diagnostics. */
export interface FixedFile {
  /** The same file where nothing could be applied. */
  readonly file: SourceFile;
  /** In the order in which they were applied. */
  readonly applied: readonly AppliedFix[];
  /** What is still wrong, all of it, by position in the new text. */
  readonly left: readonly Diagnostic[];
}

/** Rounds of a pass at most; each mends what the one before has uncovered. */
const MOST_ROUNDS = 20;

/** Passes at most. A fix that did not help may help once others are written, so one pass after another begins anew. */
const MOST_PASSES = 10;

/**
 * Applies the first fix of every diagnostic, in rounds, because fixes that overlap wait for the next one. What is applied
 * leaves strictly fewer diagnostics and not more errors than there were; only where a mistake kept text from being looked
 * at at all (a wrong line of YAML, a misspelt key) may what stands there be more. A file without an error never gets one.
 * Of what comes out nothing more can be fixed, unless hundreds of fixes did not help.
 */
export function fixFile(file: SourceFile, context: CompileContext): FixedFile {
  const complete = { ...context, mostDiagnostics: Number.POSITIVE_INFINITY };
  const budget = { left: MOST_ATTEMPTS };
  const judged = createTrials(complete, budget).judge(file);
  let progress: Progress = { applied: [], toOriginal: (offset) => offset, judged };
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = fixOnce(progress, file, createTrials(complete, budget));
    if (next === progress) break;
    progress = next;
  }
  return { file: progress.judged.file, applied: progress.applied, left: progress.judged.diagnostics };
}

interface Progress {
  readonly judged: Judged;
  readonly applied: readonly AppliedFix[];
  toOriginal(offset: number): number;
}

/** One pass: the best that its rounds lead to, or `start` itself. */
function fixOnce(start: Progress, file: SourceFile, trials: Trials): Progress {
  let best = start;
  let now = start;
  // What the next round has to be better than: what was uncovered is not held against the fix that did so.
  let measure = start.judged;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = now.judged;
    const { toOriginal } = now;
    // A mistake may hide the next one, as in an expression, which ends at its first. Such a fix is kept if a later round
    // makes it worth it.
    const choose = (accept: Accept) => trials.choose(before, accept, toOriginal);
    const uncovered = () => {
      const choice = choose(uncovers);
      if (choice) measure = choice.after;
      return choice;
    };
    const choice = choose(isBetter) ?? uncovered() ?? choose(isAsGood);
    if (!choice) break;
    const edits = editsOf(choice.chosen);
    now = {
      judged: choice.after,
      applied: [
        ...now.applied,
        ...choice.chosen.map((candidate) => describeFix(candidate, before.file, file, toOriginal)),
      ],
      toOriginal: (offset) => toOriginal(offsetBefore(before.file.text, edits, offset)),
    };
    const isWorthIt = measure === now.judged || hasFewer(now.judged, measure);
    if (!isWorthIt) continue;
    measure = now.judged;
    if (now.judged.errors === 0 || best.judged.errors > 0) best = now;
  }
  return best;
}
