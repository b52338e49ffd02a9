import type { CommandReference } from "../model/pipeline.ts";
import type { Printed } from "./frames.ts";

/** A reference at a place where no shell variable can stand safely, or means something else than it seems to. */
export interface ShellProblem {
  readonly code:
    | "lower/reference-in-quoted-heredoc"
    | "lower/reference-as-code"
    | "lower/reference-in-program"
    | "lower/reference-as-command"
    | "lower/reference-as-name"
    | "lower/unchecked-number"
    | "lower/reference-in-ansi-quotes"
    | "lower/reference-in-other-shell";
  readonly reference: CommandReference;
  /** Who would parse the value: `eval`, `sh -c`, a subscript. */
  readonly reader: string;
  /** The safe form. */
  readonly help: string;
  /** The safe form as a change of the script, where it is certainly right. */
  readonly replacement?: Replacement;
}

/** A change of the text around a reference. */
export interface Replacement {
  readonly title: string;
  /** Its place is the place of the change. */
  readonly reference: CommandReference;
  /** What stands before and behind the reference in the text that is replaced. */
  readonly before: string;
  readonly after: string;
  readonly newText: string;
}

/** A problem that many references may have; `<reference>` in `help` stands for the text of each. */
export type SharedProblem = Omit<ShellProblem, "reference">;

/** Gathers the problems of a script. */
export interface ProblemCollector {
  readonly problems: readonly ShellProblem[];
  /**
   * Reports each of the references, unless one with the same code was: who else would take it as code makes no other
   * mistake of it, and may be one of thousands.
   */
  report(references: readonly Printed[], problem: SharedProblem): void;
}

/** A collector without problems. */
export function createProblemCollector(): ProblemCollector {
  const problems: ShellProblem[] = [];
  const reported = new Map<ShellProblem["code"], Set<Printed>>();
  return {
    problems,
    report(references, problem) {
      const known = reported.get(problem.code) ?? new Set();
      reported.set(problem.code, known);
      const left = references.toReversed();
      for (let next = left.pop(); next; next = left.pop()) {
        if (known.has(next)) continue;
        known.add(next);
        if ("reference" in next) {
          const help = problem.help.replaceAll("<reference>", next.text);
          problems.push({ ...problem, reference: next, help });
        } else for (const inner of next.toReversed()) left.push(inner);
      }
    },
  };
}
