import type { CommandReference } from "../model/pipeline.ts";

/** Where the lexer stands. */
export type Frame =
  | CodeFrame
  | ParameterFrame
  | ArithmeticFrame
  | HeredocFrame
  | { readonly kind: "single" }
  | { readonly kind: "ansi" }
  | { readonly kind: "comment" }
  | { readonly kind: "double" };

/** Commands: the script itself, `$(…)`, `<(…)` and what stands between backticks. */
export interface CodeFrame {
  readonly kind: "code";
  readonly closer: ")" | undefined;
  /** What its output becomes part of; `arithmetic` judges it as an expression. */
  readonly into: Word | "arithmetic" | undefined;
  /** Heredocs whose bodies start after the next line feed. */
  readonly heredocs: PendingHeredoc[];
  /** Open parentheses: subshells, and arrays or patterns, in which no command ends. */
  readonly parentheses: ("group" | "list")[];
  readonly cases: { phase: "subject" | "in" | "pattern" | "body"; readonly parentheses: number }[];
  /** The simple command that is being read. */
  command: Command;
  /** Commands before it whose output it reads. */
  pipeline: Command[];
  /** Every command that has ended. */
  readonly ended: Command[];
  /** For each group (`{`, `(`, `if`, `for` …) that is open, how many commands had ended before it. */
  readonly groups: number[];
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
  /** The commands of a group that ends here. */
  inner: readonly Command[];
}

/** A word of a command. */
export interface Word {
  /** Unquoted text; a reference is `REFERENCE_MARK`, an expansion `$`. */
  text: string;
  quoted: boolean;
  readonly references: CommandReference[];
  /** References that its substitutions print. */
  readonly printed: CommandReference[];
  /** Where it stands among the units of the script. */
  readonly start: number;
  end: number;
}

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
}

/** `$((…))`, `((…))` and bash's `$[…]`. */
export interface ArithmeticFrame {
  readonly kind: "arithmetic";
  readonly closer: "))" | "]";
  depth: number;
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
    parentheses: [],
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
