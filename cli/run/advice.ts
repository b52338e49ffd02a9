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

/** The sentence that says what to do about a failed action. */
export function adviceFor(action: FailedAction): string {
  const { status, error, place, attempts } = action;
  if (status === "timedOut") {
    const tries = attempts > 1 ? ", which covers all its tries," : "";
    return `Raise "timeout" of the action${tries} at ${place}, or make it faster.`;
  }
  if (status === "cancelled") return "It was cancelled. Run again when you are ready.";
  const exitCode = error?.exitCode;
  if (exitCode === undefined) return `See the message and the action at ${place}, then run again.`;
  return EXIT_CODES.get(exitCode) ?? `Read the log, mend the action at ${place} and run again.`;
}
