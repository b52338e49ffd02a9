import type { CommandReference } from "../model/pipeline.ts";
import type { MaskedText } from "./masked-text.ts";

/** Where the lexer stands. */
export type Frame =
  | CodeFrame
  | ParameterFrame
  | ArithmeticFrame
  | HeredocFrame
  | { readonly kind: "single" }
  | { readonly kind: "ansi" }
  | CommentFrame
  | { readonly kind: "double" };

/** Up to the end of the line. */
export interface CommentFrame {
  readonly kind: "comment";
}

/** Commands: the script itself, `$(…)`, `<(…)` and what stands between backticks. */
export interface CodeFrame {
  readonly kind: "code";
  readonly closer: ")" | undefined;
  /** What its output becomes part of; `arithmetic` judges it as an expression. */
  readonly into: Word | "arithmetic" | undefined;
  /** Heredocs whose bodies start after the next line feed, and how many of these were read. */
  readonly heredocs: PendingHeredoc[];
  heredocsRead: number;
  /** Open parentheses: subshells, and arrays or patterns, in which no command ends. */
  readonly parentheses: ("group" | "list")[];
  /** What the list that was opened last is; a `map` is an array whose subscripts are texts. */
  list: "array" | "map" | "pattern";
  readonly cases: { phase: "subject" | "in" | "pattern" | "body"; readonly parentheses: number }[];
  /** The simple command that is being read. */
  command: Command;
  /** Commands before it whose output it reads. */
  pipeline: Command[];
  /** Every command that has ended and is in no group that has ended. */
  readonly ended: Command[];
  /** For each group (`{`, `(`, `if`, `for` …) that is open, how many of `ended` stand before it, and whose output it reads. */
  readonly groups: { readonly ended: number; readonly pipeline: Command[] }[];
  word: Word | undefined;
  /** The word that follows a redirection is no argument; that of a here-string is what the command reads. */
  redirection: "none" | "file" | "here-string";
  /** Between `[[` and `]]`. */
  inTest: boolean;
}

/** A simple command, or a group of some, as far as it matters who takes a value as code. */
export interface Command {
  /** Without redirections and leading reserved words. */
  readonly words: Word[];
  /** References in what it reads: heredocs and here-strings. */
  readonly fed: CommandReference[];
  /** The commands of the groups that end here. */
  readonly inner: Command[];
}

/** A word of a command. */
export interface Word {
  /** Unquoted text; a reference is `REFERENCE_MARK`, an expansion `$`. */
  text: string;
  /** Last character of `text`; like `shape` kept while `text` grows, for looking into it copies the whole of it. */
  last: string;
  /** `subscript`: a name and `[`, which no `]` closes; `element`: `[` alone, as in `a=([1]=x)`. */
  shape: "empty" | "name" | "subscript" | "element" | "other";
  /** The name before the subscript. */
  array: string;
  /** The name in the last `${…}`. */
  parameter: string | undefined;
  quoted: boolean;
  readonly references: CommandReference[];
  /** What its substitutions print, as far as references are in it. */
  readonly printed: Printed[];
  /** The same for what is made harmless for a program of sed. */
  readonly masked: MaskedText[];
  /** Where it stands among the units of the script. */
  readonly start: number;
  end: number;
}

/** References that are printed. What one substitution prints is one member: copying it at each level takes the square. */
export type Printed = CommandReference | readonly Printed[];

/** Stands for a reference in the text of a word. */
export const REFERENCE_MARK = "\u0000";

/** `${…}`. */
export interface ParameterFrame {
  readonly kind: "parameter";
  /** Stands in double quotes or in a heredoc. */
  readonly quoted: boolean;
  /** `word`: after `:-` and the like, quotes as outside; `pattern`: after `#`, `%`, `/` and the like. */
  phase: "name" | "subscript" | "offset" | "word" | "pattern";
  name: string;
  /** `${#…}`. */
  isLength: boolean;
  /** The name that is being read in a subscript or an offset. */
  counting: string;
}

/** `$((…))`, `((…))` and bash's `$[…]`. */
export interface ArithmeticFrame {
  readonly kind: "arithmetic";
  readonly closer: "))" | "]";
  depth: number;
  /** The name that is being read. */
  counting: string;
}

/** A heredoc that was announced, and whose body comes later. */
export interface PendingHeredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  /** `<<-`: leading tabs do not count. */
  readonly stripsTabs: boolean;
  /** Where the delimiter stands in the rewritten script. */
  readonly written: { readonly start: number; readonly end: number };
  readonly command: Command;
}

/**
 * Inside a heredoc, whose extent is found before its content is read: at `end` everything above it closes too, and
 * lexing goes on at `resume`.
 */
export interface HeredocFrame {
  readonly kind: "heredoc";
  readonly end: number;
  readonly resume: number;
  /**
   * `expanded` and `kept` as the shell does it; `escaped`: was kept, and is rewritten to be expanded without any other
   * effect than that of references.
   */
  readonly body: "expanded" | "kept" | "escaped";
  /** Reads it. */
  readonly command: Command;
  /** Where it was announced. */
  readonly owner: CodeFrame;
}

/** A command of which nothing was read yet. */
export function newCommand(): Command {
  return { words: [], fed: [], inner: [] };
}

/** A frame for commands that starts at a command's beginning. */
export function codeFrame(closer: ")" | undefined, into?: CodeFrame["into"]): CodeFrame {
  return {
    kind: "code",
    closer,
    into,
    heredocs: [],
    heredocsRead: 0,
    parentheses: [],
    list: "pattern",
    cases: [],
    command: newCommand(),
    pipeline: [],
    ended: [],
    groups: [],
    word: undefined,
    redirection: "none",
    inTest: false,
  };
}
