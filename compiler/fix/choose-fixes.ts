import { compile } from "../compile.ts";
import type { CompileContext } from "../context.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { OfferedFix } from "./applied-fix.ts";
import { applyEdits, collide, offsetBefore } from "./apply-edits.ts";
import type { Accept, Judged } from "./worth.ts";

/** Compilations at most: hundreds of fixes of which none helps are no reason to wait for minutes. */
export const MOST_ATTEMPTS = 300;

/** Counts compilations over all passes of a file. */
export interface Budget {
  left: number;
}

/** Tries fixes on one file, and remembers which of them did not help. */
export interface Trials {
  judge(file: SourceFile): Judged;
  /** The fixes of one round, `undefined` for none. `toOriginal` tells the same fix in another round. */
  choose(before: Judged, accept: Accept, toOriginal: (offset: number) => number): Choice | undefined;
}

/** What one round applies, and what comes of it. */
export interface Choice {
  readonly chosen: readonly OfferedFix[];
  readonly after: Judged;
}

/**
 * Trials against a context. All fixes of a round are tried together first; where that does not help, each half, so that
 * a file of many mistakes costs about as many compilations as it has fixes that do not work.
 */
export function createTrials(context: CompileContext, budget: Budget): Trials {
  const failed = new Map<Accept, Set<string>>();
  return {
    judge: (file) => judgeFile(file, context),
    choose(before, accept, toOriginal) {
      const fruitless = failed.get(accept) ?? new Set();
      failed.set(accept, fruitless);
      const identityOf = ({ diagnostic, fix }: OfferedFix) =>
        `${diagnostic.code} ${fix.title} ${toOriginal(diagnostic.span.start)}`;
      const placeBehind = (edits: Fix["edits"]) => (offset: number) => offsetBefore(before.file.text, edits, offset);
      let chosen: readonly OfferedFix[] = [];
      let after = before;
      const grow = (group: readonly OfferedFix[]): void => {
        const [only, ...others] = group;
        if (!only || budget.left-- <= 0) return;
        const attempt = [...chosen, ...group];
        const edits = editsOf(attempt);
        const judged = judgeFile({ ...before.file, text: applyEdits(before.file.text, edits) }, context);
        const step = {
          text: before.file.text,
          group,
          before: { ...after, placeOf: placeBehind(editsOf(chosen)) },
          after: { ...judged, placeOf: placeBehind(edits) },
        };
        if (accept(step)) {
          chosen = attempt;
          after = judged;
        } else if (others.length === 0) fruitless.add(identityOf(only));
        else {
          const middle = group.length >> 1;
          grow(group.slice(0, middle));
          grow(group.slice(middle));
        }
      };
      grow(candidatesOf(before.diagnostics).filter((candidate) => !fruitless.has(identityOf(candidate))));
      return chosen.length === 0 ? undefined : { chosen, after };
    },
  };
}

function judgeFile(file: SourceFile, context: CompileContext): Judged {
  const { diagnostics, pipeline } = compile(file, context);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return { file, diagnostics, errors, readable: pipeline !== undefined };
}

/** The first fix of each diagnostic that does not touch one before. */
function candidatesOf(diagnostics: readonly Diagnostic[]): readonly OfferedFix[] {
  const candidates: OfferedFix[] = [];
  let end = -1;
  const fixes = diagnostics.flatMap((diagnostic): readonly OfferedFix[] => {
    const [fix] = diagnostic.fixes ?? [];
    return fix && fix.edits.length > 0 ? [{ diagnostic, fix }] : [];
  });
  for (const candidate of fixes.sort((left, right) => startOf(left) - startOf(right))) {
    const free = startOf(candidate) > end || !candidate.fix.edits.some((edit) => taken(edit));
    if (!free) continue;
    candidates.push(candidate);
    end = Math.max(end, ...candidate.fix.edits.map(({ span }) => span.end));
  }
  return candidates;

  function taken(edit: Fix["edits"][number]): boolean {
    return candidates.some(({ fix }) => fix.edits.some((other) => collide(edit, other)));
  }
}

function startOf({ fix }: OfferedFix): number {
  return Math.min(...fix.edits.map(({ span }) => span.start));
}

/** All edits of some fixes. */
export function editsOf(candidates: readonly OfferedFix[]): Fix["edits"] {
  return candidates.flatMap(({ fix }) => fix.edits);
}
