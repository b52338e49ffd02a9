import type { CommandReference } from "../model/pipeline.ts";
import type { CodeFrame, Frame, Word } from "./frames.ts";
import type { ShellProblem } from "./problem.ts";

/** One UTF-16 code unit of the script, or a reference, which no shell syntax can cut. */
export type Unit = string | CommandReference;

/**
 * State of one pass over a script. Each frame kind has a `step…` function; `rewrite-commands.ts` calls the one of the
 * innermost frame until the script ends. A step returns whether it took or opened anything; if not, the character is
 * copied as it is.
 */
export interface Lexer {
  readonly units: readonly Unit[];
  /** Index of the next unit. */
  at: number;
  /** Outermost first; never empty. */
  readonly frames: Frame[];
  /** Heredocs whose bodies start after the next line feed. */
  readonly heredocs: PendingHeredoc[];
  /** Index of the parenthesis that closes each one, whatever quotes say; made when it is first asked for. */
  closing: ReadonlyMap<number, number> | undefined;
  /** The rewritten script so far. */
  text: string;
  readonly problems: ShellProblem[];
}

interface PendingHeredoc {
  readonly delimiter: string;
  readonly expands: boolean;
  /** `<<-`: leading tabs do not count. */
  readonly stripsTabs: boolean;
  readonly command: readonly Word[];
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

/** Copies `count` units as they are; a reference keeps the text that it was written with. Always true, for steps to return. */
export function take(lexer: Lexer, count = 1): true {
  for (const end = lexer.at + count; lexer.at < end; lexer.at++) {
    const unit = lexer.units[lexer.at];
    if (unit !== undefined) lexer.text += typeof unit === "string" ? unit : unit.text;
  }
  return true;
}

/** The commands that the innermost frames belong to, and the word that they stand in. */
export function enclosingCode(lexer: Lexer): CodeFrame | undefined {
  const frame = lexer.frames.findLast(({ kind }) => kind === "code" || kind === "heredoc" || kind === "comment");
  return frame?.kind === "code" ? frame : undefined;
}

/** The word that is being read; starts one. */
export function currentWord(frame: CodeFrame): Word {
  frame.word ??= { text: "", quoted: false, references: [] };
  return frame.word;
}

/** Adds text to the word that the innermost frames stand in. */
export function addToWord(lexer: Lexer, text: string): void {
  const code = enclosingCode(lexer);
  if (code) currentWord(code).text += text;
}

/** How many backtick substitutions are open: each takes one level of backslashes away. */
export function backtickDepth(lexer: Lexer): number {
  return lexer.frames.filter((frame) => frame.kind === "code" && frame.region).length;
}

/** Writes text of ours so that it is `text` after every open backtick substitution took its backslashes away. */
export function emitEscaped(lexer: Lexer, text: string): void {
  let escaped = text;
  for (let depth = backtickDepth(lexer); depth > 0; depth--) escaped = escaped.replace(/[\\$`]/g, "\\$&");
  lexer.text += escaped;
}
