import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { CommandReference } from "../model/pipeline.ts";
import type { CodeFrame, Command, Frame, Word } from "./frames.ts";
import type { Inserter } from "./insert-reference.ts";
import type { ShellProblem } from "./problem.ts";

/** One UTF-16 code unit of the script, or a reference, which no shell syntax can cut. */
export type Unit = string | CommandReference;

/**
 * State of one pass over a script. Each frame kind has a `step…` function; `rewrite-commands.ts` calls the one of the
 * innermost frame until the script ends. A step always takes or opens something.
 * copied as it is.
 */
export interface Lexer {
  readonly units: readonly Unit[];
  /** Index of the next unit. */
  at: number;
  /** Outermost first; never empty. */
  readonly frames: Frame[];
  /** Index of the parenthesis that closes each one, whatever quotes say; made when it is first asked for. */
  closing: ReadonlyMap<number, number> | undefined;
  /** The rewritten script so far. */
  text: string;
  /** Changes of `text` that were only known after it was written. */
  readonly patches: Patch[];
  readonly problems: ShellProblem[];
  /** Every pipeline that has ended; heredocs come after their commands, so they are judged at the end. */
  readonly pipelines: (readonly Command[])[];
  /** Rewrites commands that the shell cuts out before it reads them. */
  readonly rewriteInner: (units: readonly Unit[]) => Rewritten;
  /** The same with other variables and other problems. */
  readonly rewriteWith: (units: readonly Unit[], inserter: Inserter, problems: ShellProblem[]) => Rewritten;
  /** Variables that were declared to be integers. */
  readonly integers: Set<string>;
}

/** Rewritten commands. */
export interface Rewritten {
  readonly text: string;
  /** References that they print. */
  readonly printed: readonly CommandReference[];
}

interface Patch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The character `offset` units ahead; `undefined` for a reference and at the end. */
export function peek(lexer: Lexer, offset = 0): string | undefined {
  const unit = lexer.units[lexer.at + offset];
  return typeof unit === "string" ? unit : undefined;
}

/** Whether a reference stands `offset` units ahead. */
export function isReferenceAt(lexer: Lexer, offset: number): boolean {
  return typeof lexer.units[lexer.at + offset] === "object";
}

/** Copies `count` characters as they are, fewer before a reference and at the end. Always true, for steps to return. */
export function take(lexer: Lexer, count = 1): true {
  for (let left = count; left > 0; left--) {
    const unit = lexer.units[lexer.at];
    if (typeof unit !== "string") break;
    lexer.text += unit;
    lexer.at++;
  }
  return true;
}

/** The innermost frame. */
export function innermost(lexer: Lexer): Frame {
  const frame = lexer.frames.at(-1);
  if (!frame) throw new InternalCompilerError("The lexer has left the script.");
  return frame;
}

/** The commands that the innermost frames belong to, and the word that they stand in. */
export function enclosingCode(lexer: Lexer): CodeFrame | undefined {
  const frame = lexer.frames.findLast(({ kind }) => kind === "code" || kind === "heredoc" || kind === "comment");
  return frame?.kind === "code" ? frame : undefined;
}

/** The word that is being read; starts one. */
export function currentWord(lexer: Lexer, frame: CodeFrame): Word {
  frame.word ??= { text: "", quoted: false, references: [], printed: [], start: lexer.at, end: lexer.at };
  return frame.word;
}

/** Adds text to the word that the innermost frames stand in. */
export function addToWord(lexer: Lexer, text: string): void {
  const code = enclosingCode(lexer);
  if (code) currentWord(lexer, code).text += text;
}

/** Where the text that belongs together ends: a heredoc's body, or the script. */
export function regionEnd(lexer: Lexer): number {
  const heredoc = lexer.frames.findLast((frame) => frame.kind === "heredoc");
  return heredoc?.kind === "heredoc" ? heredoc.end : lexer.units.length;
}

/** The rewritten script with its patches. */
export function finalText(lexer: Lexer): string {
  let text = "";
  let end = 0;
  for (const patch of lexer.patches.toSorted((left, right) => left.start - right.start)) {
    text += lexer.text.slice(end, patch.start) + patch.text;
    end = patch.end;
  }
  return text + lexer.text.slice(end);
}
