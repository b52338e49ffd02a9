import type { Json } from "../../compiler/index.ts";
import { type AttemptEnd, type AttemptRecord, changeAttempt, readAttempt } from "../records/attempt.ts";
import { absent, all, present } from "../records/condition.ts";
import type { AttemptName } from "../records/keys.ts";
import { writeOutputs } from "../records/output.ts";
import type { Runtime } from "../runtime.ts";
import { type SettleOptions, settleAttempt } from "./settle-attempt.ts";

/** What ended an attempt, with what it put out last. */
export interface AttemptReport {
  readonly end: AttemptEnd;
  /** In the order in which they were put out: the last of a name wins. Default none. */
  readonly outputs?: readonly { readonly name: string; readonly value: Json }[];
}

/**
 * The one place where an attempt ends. Outputs are written first, then the end (once; a later one is ignored), then
 * its consequences. Called again, with the same end or another, it completes what an earlier call left undone.
 */
export async function endAttempt(
  runtime: Runtime,
  name: AttemptName,
  report: AttemptReport,
  options: SettleOptions = {},
): Promise<void> {
  const ended = await recordEnd(runtime, name, report);
  if (ended) {
    await settleAttempt(runtime, ended, options);
  }
}

/** The attempt with its end: this one, or the one that it had; `undefined` where there is no such attempt. */
async function recordEnd(
  runtime: Runtime,
  name: AttemptName,
  { end, outputs = [] }: AttemptReport,
): Promise<AttemptRecord | undefined> {
  if (outputs.length > 0) {
    const known = await readAttempt(runtime, name);
    if (known === undefined || known.end) {
      return known;
    }
    await writeOutputs(runtime, { runId: name.runId, key: name.key, attempt: name.n }, outputs);
  }
  const changed = await changeAttempt(runtime, name, { set: { end } }, all(present("pk"), absent("end")));
  return changed ?? (await readAttempt(runtime, name));
}

/** An end that nobody reported. */
export function unreportedEnd(
  kind: "exited" | "lost" | "timedOut" | "cancelled" | "failedToPrepare",
  message: string,
  now: number,
  exitCode?: number,
): AttemptEnd {
  return {
    kind,
    message,
    ...(exitCode !== undefined && { exitCode }),
    logTail: [],
    endedAt: new Date(now).toISOString(),
    directories: {},
  };
}
