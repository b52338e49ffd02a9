import type { ActionView } from "../../functions/index.ts";

/** What a reader needs to know about a failed action to be told what to do. */
export interface FailedAction {
  readonly status: ActionView["status"];
  readonly error: ActionView["error"];
  /** `pipeline.yaml:12`. */
  readonly place: string;
  readonly attempts: number;
}

/** Exit codes with a meaning that shells share. Source: POSIX Shell Command Language 2.8.2. */
const EXIT_CODES: ReadonlyMap<number, string> = new Map([
  [126, "A file was found but cannot be executed: is it executable, and for this machine?"],
  [127, "A command was not found: actions run on this machine here, so install it, or see what PATH the action has."],
  [137, "The process was killed (SIGKILL), often because memory ran out: give it more, or let it use less."],
  [139, "The program crashed (segmentation fault)."],
  [143, "The process was ended from outside (SIGTERM)."],
]);

/** What `sh` says about commands that are written for bash. */
const BASH_WORDS =
  /\[\[: not found|Illegal option -o pipefail|Syntax error: "\(" unexpected|Bad substitution|: source: not found/;

/** What the log tells; such words make a hint to people, nothing else is decided by them. */
function hintOf(error: NonNullable<FailedAction["error"]>, exitCode: number): string | undefined {
  const tail = error.logTail ?? [];
  if (tail.some((line) => BASH_WORDS.test(line))) {
    return 'Its commands are written for bash, and run under "sh -e": add "shell: bash" to it.';
  }
  const meaning = EXIT_CODES.get(exitCode);
  if (meaning !== undefined) return meaning;
  if (tail.length === 0) return 'It printed nothing: "set -x" in front of its commands shows each of them in the log.';
  return error.analysis?.kind === "missing-file"
    ? "Every action starts in an empty directory of its own; what earlier ones left is in ${{ dirs.<alias> }}."
    : undefined;
}

/** The sentence that says what to do about a failed action. */
export function adviceFor(action: FailedAction): string {
  const { status, error, place, attempts } = action;
  if (status === "timedOut") {
    const tries = attempts > 1 ? ", which covers all its tries," : "";
    return `Raise "timeout" of the action${tries} at ${place}, or make it faster.`;
  }
  if (status === "cancelled") return "It was cancelled. Run again when you are ready.";
  if (error?.exitCode === undefined) return `See the message and the action at ${place}, then run again.`;
  return hintOf(error, error.exitCode) ?? `Read the log, mend the action at ${place} and run again.`;
}
