import { InternalCompilerError } from "../../internal-compiler-error.ts";
import { type Pattern, parsePattern } from "./parse-pattern.ts";
import { PatternError } from "./pattern-error.ts";
import { occursIn, type Program, type Step } from "./program.ts";

/** A regular expression ready for use, or why it is none (part of a sentence). */
export type CompiledPattern =
  | {
      readonly ok: true;
      /** Texts of more characters are not searched; an output may have 1 MB. */
      readonly longestText: number;
      occursIn(text: string): boolean;
    }
  | { readonly ok: false; readonly reason: string };

/** Steps of a compiled pattern; nested repetitions multiply. */
const MOST_STEPS = 10_000;
/** Steps x characters of one match: 50 million take well below a second. */
const MOST_WORK = 50_000_000;
const LONGEST_PATTERN = 1000;

/**
 * Compiles a pattern in RE2 syntax, as govaluate's `=~` has it, into an automaton whose time is linear in the text, so no
 * pattern can keep a function busy. Look-around and back-references do not exist in RE2 either.
 */
export function compilePattern(source: string): CompiledPattern {
  if (source.length > LONGEST_PATTERN) return { ok: false, reason: `it is longer than ${LONGEST_PATTERN} characters` };
  try {
    const program = assemble(parsePattern(source));
    const longestText = Math.floor(MOST_WORK / program.steps.length);
    return { ok: true, longestText, occursIn: (text) => occursIn(program, text) };
  } catch (failure) {
    if (!(failure instanceof PatternError)) throw new InternalCompilerError("A pattern broke", { cause: failure });
    return { ok: false, reason: failure.message };
  }
}

/** Writes the steps from the end to the beginning, so that every step knows its successor. */
function assemble(pattern: Pattern): Program {
  const steps: Step[] = [{ kind: "match" }];
  let visits = 0;
  return { steps, start: emit(pattern, 0) };

  function add(step: Step): number {
    if (steps.length >= MOST_STEPS) throw new PatternError("its repetitions make it too large");
    steps.push(step);
    return steps.length - 1;
  }

  function emit(part: Pattern, next: number): number {
    // A repetition of nothing adds no steps, but costs time all the same.
    if (++visits > 10 * MOST_STEPS) throw new PatternError("its repetitions make it too large");
    switch (part.kind) {
      case "character":
        return add({ kind: "character", test: part.test, next });
      case "assert":
        return add({ kind: "assert", where: part.where, next });
      case "sequence":
        return part.items.reduceRight((after, item) => emit(item, after), next);
      case "choice": {
        const starts = part.items.map((item) => emit(item, next));
        return starts.reduceRight((right, left) => add({ kind: "split", left, right }));
      }
      case "repeat":
        return emitRepeat(part, next);
    }
  }

  function emitRepeat({ item, least, most }: Extract<Pattern, { kind: "repeat" }>, next: number): number {
    let start = next;
    if (most === Number.POSITIVE_INFINITY) {
      const loop = add({ kind: "split", left: next, right: next });
      steps[loop] = { kind: "split", left: emit(item, loop), right: next };
      start = loop;
    } else {
      for (let count = least; count < most; count++)
        start = add({ kind: "split", left: emit(item, start), right: next });
    }
    for (let count = 0; count < least; count++) start = emit(item, start);
    return start;
  }
}
