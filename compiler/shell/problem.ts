import type { CommandReference } from "../model/pipeline.ts";

/** A reference at a place where no shell variable can stand safely, or means something else than it seems to. */
export interface ShellProblem {
  readonly code:
    | "lower/reference-in-quoted-heredoc"
    | "lower/reference-as-code"
    | "lower/reference-in-program"
    | "lower/reference-as-command"
    | "lower/reference-as-name"
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
  /** What stands before and behind the reference in the text that is replaced. */
  readonly before: string;
  readonly after: string;
  readonly newText: string;
}
