import type { AttemptRecord } from "../records/attempt.ts";
import type { RunRecord } from "../records/run.ts";
import { hasRunEnded } from "../records/statuses.ts";

/** Why an attempt must not begin or go on; `undefined` while it may. */
export function whyStopped(run: RunRecord, attempt: AttemptRecord): string | undefined {
  if (attempt.cancelReason !== undefined) {
    return attempt.cancelReason;
  }
  const isOver = hasRunEnded(run.status) && attempt.redrive <= run.redrive;
  return isOver || attempt.redrive <= (run.stoppedRedrive ?? -1) ? "its run has ended" : undefined;
}
