import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { CommandReference } from "../model/pipeline.ts";
import type { CodeFrame, Command, CommentFrame, Frame, HeredocFrame, Word } from "./frames.ts";
import type { Inserter } from "./insert-reference.ts";
import type { LineIndex } from "./line-index.ts";
import type { Numbers } from "./numbers.ts";
import type { ProblemCollector } from "./problem.ts";

/** One UTF-16 code unit of the script, or a reference, which no shell syntax can cut. */
export type Unit = string | CommandReference;

/**
 * State of one pass over a script. Each frame kind has a `step…` function; `rewrite-commands.ts` calls the one of the
 * innermost frame until the script ends. A step always takes or opens something, and takes a time that does not depend
 * on how much stands before or around it.
 */
export interface Lexer {
  readonly units: readonly Unit[];
  /** Index of the next unit. */
  at: number;
  /** Outermost first; never empty. Changed by `openFrame` and `closeFrame`. */
  readonly frames: Frame[];
  /** Those that words belong to, or that keep text from them. Looking for the innermost takes the square of the depth. */
  readonly scopes: (CodeFrame | HeredocFrame | CommentFrame)[];
  /** Those that end at a place that is known. */
  readonly heredocs: HeredocFrame[];
  /** What a look ahead would find, made when it is first asked for: looking from each place takes the square. */
  arithmetic: ReadonlySet<number> | undefined;
  readonly lines: { plain?: LineIndex; withoutTabs?: LineIndex };
  /** The rewritten script so far. */
  text: string;
  /** Changes of `text` that were only known after it was written. */
  readonly patches: Patch[];
  readonly problems: ProblemCollector;
  /** Every pipeline that has ended; heredocs come after their commands, so they are judged at the end. */
  readonly pipelines: (readonly Command[])[];
  /** Rewrites commands that the shell cuts out before it reads them. */
  readonly rewriteInner: (units: readonly Unit[]) => Rewritten;
  /** The same with other variables and other problems. */
  readonly rewriteWith: (units: readonly Unit[], inserter: Inserter, problems: ProblemCollector) => Rewritten;
  /** For each frame, what judges the text of it as an expression: kept, for looking for it takes the square of the depth. */
  readonly judges: Judge[];
  /** Variables that were declared to be integers, and arrays whose subscripts are texts. */
  readonly integers: Set<string>;
  readonly maps: Set<string>;
  readonly numbers: Numbers;
}

/** bash reads both as arithmetic; `$((…))` can take a number that was checked. */
export type Judge = "arithmetic" | "a subscript" | undefined;

/** Rewritten commands. */
export interface Rewritten {
  readonly text: string;
  readonly commands: readonly Command[];
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

/** Opens a frame inside the innermost. */
export function openFrame(lexer: Lexer, frame: Frame): void {
  const isScope = frame.kind === "code" || frame.kind === "heredoc" || frame.kind === "comment";
  lexer.judges.push(isScope ? undefined : judgeHere(lexer));
  lexer.frames.push(frame);
  if (isScope) lexer.scopes.push(frame);
  if (frame.kind === "heredoc") lexer.heredocs.push(frame);
}

/** Closes the innermost frame. */
export function closeFrame(lexer: Lexer): Frame {
  const frame = innermost(lexer);
  lexer.frames.pop();
  lexer.judges.pop();
  if (frame === lexer.scopes.at(-1)) lexer.scopes.pop();
  if (frame === lexer.heredocs.at(-1)) lexer.heredocs.pop();
  return frame;
}

/** What judges the text that stands here as an expression. */
export function judgeHere(lexer: Lexer): Judge {
  const frame = innermost(lexer);
  switch (frame.kind) {
    case "arithmetic":
      return "arithmetic";
    case "parameter":
      if (frame.phase === "offset") return "a subscript";
      return frame.phase === "subscript" && !lexer.maps.has(frame.name) ? "a subscript" : lexer.judges.at(-1);
    case "code":
      return isSubscript(lexer, frame) ? "a subscript" : undefined;
    default:
      return lexer.judges.at(-1);
  }
}

/** `a[` where a command starts, and `[` in `a=(…)`: an element that is assigned. */
function isSubscript({ maps }: Lexer, { command, list, parentheses, word }: CodeFrame): boolean {
  if (word?.shape === "subscript") return command.words.length === 0 && !maps.has(word.array);
  return word?.shape === "element" && parentheses.at(-1) === "list" && list === "array";
}

/** The commands that the innermost frames belong to, and the word that they stand in. */
export function enclosingCode(lexer: Lexer): CodeFrame | undefined {
  const scope = lexer.scopes.at(-1);
  return scope?.kind === "code" ? scope : undefined;
}

/** The word that is being read; starts one. */
export function currentWord(lexer: Lexer, frame: CodeFrame): Word {
  frame.word ??= {
    text: "",
    last: "",
    shape: "empty",
    array: "",
    parameter: undefined,
    quoted: false,
    references: [],
    printed: [],
    masked: [],
    start: lexer.at,
    end: lexer.at,
  };
  return frame.word;
}

/** Adds a character to a word. */
export function addCharacter(word: Word, character: string): void {
  if (word.shape === "name" && character === "[") word.array = word.text;
  word.text += character;
  word.last = character;
  word.shape = shapeWith(word.shape, character);
}

function shapeWith(shape: Word["shape"], character: string): Word["shape"] {
  switch (shape) {
    case "empty":
      if (character === "[") return "element";
      return /[A-Za-z_]/.test(character) ? "name" : "other";
    case "name":
      if (character === "[") return "subscript";
      return /\w/.test(character) ? "name" : "other";
    case "subscript":
    case "element":
      return character === "]" ? "other" : shape;
    case "other":
      return "other";
  }
}

/** Adds a character to the word that the innermost frames stand in. */
export function addToWord(lexer: Lexer, character: string): void {
  const code = enclosingCode(lexer);
  if (code) addCharacter(currentWord(lexer, code), character);
}

/** Where the text that belongs together ends: a heredoc's body, or the script. */
export function regionEnd(lexer: Lexer): number {
  return lexer.heredocs.at(-1)?.end ?? lexer.units.length;
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
