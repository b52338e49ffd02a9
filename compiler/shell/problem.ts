import type { CommandReference } from "../model/pipeline.ts";

/** A reference at a place where no shell variable can stand safely. `help` is the safe form. */
export interface ShellProblem {
  readonly code:
    | "lower/reference-in-quoted-heredoc"
    | "lower/reference-as-code"
    | "lower/reference-as-name"
    | "lower/reference-in-ansi-quotes"
    | "lower/reference-in-other-shell";
  readonly reference: CommandReference;
  /** Who would parse the value: `eval`, `sh -c`, a subscript. */
  readonly reader: string;
  readonly help: string;
}
