import type { AttemptStatus } from "../../actions/index.ts";
import type { AttemptEnd, AttemptRecord } from "../records/attempt.ts";
import { unreportedEnd } from "./end-attempt.ts";

/** 128 and the number of SIGKILL: what a shell says of a process that was killed. */
const KILLED = 137;

/**
 * The end of an attempt that its executor has seen and nobody has reported. What killed the user's own container is an
 * end of the action itself; what could never start need not be tried again; all else was lost on the way.
 */
export function observedEnd(
  attempt: AttemptRecord,
  { cause, exitCode, reason }: Extract<AttemptStatus, { readonly phase: "ended" }>,
  now: number,
): AttemptEnd {
  const hasBegun = attempt.secretHash !== undefined;
  if (cause === "outOfMemory" && hasBegun) {
    const killed = unreportedEnd("exited", reason ?? "it needed more memory than it had", now, exitCode ?? KILLED);
    return { ...killed, signal: "SIGKILL" };
  }
  if (cause === "notStarted" && !hasBegun) {
    return unreportedEnd("failedToPrepare", reason ?? "it could not be started", now, exitCode);
  }
  const message = `it stopped without a report${reason === undefined ? "" : `: ${reason}`}`;
  return unreportedEnd("lost", message, now, exitCode);
}
