import type { CommandReference } from "../model/pipeline.ts";

/**
 * Where the lexer stands. A frame with `end` is a region whose extent is found before its content is read (a heredoc's
 * body, a backtick substitution): at `end` everything above it closes too, and lexing goes on at `resume`.
 */
export type Frame =
  | CodeFrame
  | ParameterFrame
  | ArithmeticFrame
  | HeredocFrame
  | { readonly kind: "single" }
  | { readonly kind: "ansi" }
  | { readonly kind: "comment" }
  /** `\"` closes a string that was opened so in backticks that stand in double quotes. */
  | { readonly kind: "double"; readonly closer: '"' | '\\"' };

interface Region {
  readonly end: number;
  readonly resume: number;
}

/** Commands: the script itself, `$(…)`, `<(…)` and backticks. */
export interface CodeFrame {
  readonly kind: "code";
  /** What ends it, beside its region. */
  readonly closer: ")" | undefined;
  readonly region: Region | undefined;
  /** Backticks inside double quotes, where `\"` is a quote. */
  readonly backticksInQuotes: boolean;
  /** Open parentheses: subshells, and arrays or patterns, in which no command ends. */
  readonly parentheses: ("group" | "list")[];
  readonly cases: { phase: "subject" | "in" | "pattern" | "body"; readonly parentheses: number }[];
  /** Finished words of the simple command, without redirections and leading reserved words. */
  words: Word[];
  word: Word | undefined;
  /** The word that follows a redirection is no argument. */
  isRedirection: boolean;
  /** Between `[[` and `]]`. */
  inTest: boolean;
}

/** The word that is being read, as far as it matters who takes it as code. */
export interface Word {
  /** Unquoted text; a reference is `REFERENCE_MARK`, an expansion `$`. */
  text: string;
  quoted: boolean;
  readonly references: CommandReference[];
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

/** Inside a heredoc. */
export interface HeredocFrame {
  readonly kind: "heredoc";
  readonly region: Region;
  readonly expands: boolean;
  /** Words of the command that reads it. */
  readonly command: readonly Word[];
}

/** A frame for commands that starts at a command's beginning. */
export function codeFrame(
  closer: ")" | undefined,
  options: { readonly region?: Region; readonly backticksInQuotes?: boolean } = {},
): CodeFrame {
  return {
    kind: "code",
    closer,
    region: options.region,
    backticksInQuotes: options.backticksInQuotes ?? false,
    parentheses: [],
    cases: [],
    words: [],
    word: undefined,
    isRedirection: false,
    inTest: false,
  };
}
