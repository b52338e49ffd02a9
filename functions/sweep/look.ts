import type { ActionExecutor, AttemptReference, AttemptStatus } from "../../actions/index.ts";

/** Asks an executor where an attempt is. */
export type Look = (executor: ActionExecutor, attempt: AttemptReference) => Promise<AttemptStatus>;

/** Asks for this attempt alone. */
export const lookAtOne: Look = (executor, attempt) => executor.status(attempt);

/**
 * For the length of one sweep: an executor that can say at once where all its attempts are is asked once, and its answer
 * stands for each of them. An attempt that is missing there is asked for by itself: it may have been started meanwhile,
 * or stand where the executor no longer looks.
 */
export function createLook(): Look {
  const known = new Map<ActionExecutor, Promise<ReadonlyMap<string, AttemptStatus>>>();
  return async (executor, attempt) => {
    if (executor.statusOfAll === undefined) {
      return lookAtOne(executor, attempt);
    }
    const all = known.get(executor) ?? executor.statusOfAll();
    known.set(executor, all);
    return (await all).get(attempt.attemptId) ?? lookAtOne(executor, attempt);
  };
}
