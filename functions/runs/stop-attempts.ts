import { executorOf, referenceOf } from "../attempts/executor-of.ts";
import { CANCEL_SECONDS } from "../attempts/limits.ts";
import { type AttemptRecord, changeAttempt, readAttempts } from "../records/attempt.ts";
import { absent, all, any, atMost, below, present } from "../records/condition.ts";
import { changeRun } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { sideBySide } from "../side-by-side.ts";

/** Attempts stopped at a time: with two calls of some 50 ms for each, 50 take less than half a second. */
const PARALLEL_STOPS = 16;

/**
 * Asks every living attempt of a run to end, but none that belongs to a higher redrive count than the execution that
 * has ended. The run is marked first: an attempt that is just being made gets no further than its bootstrap.
 */
export async function stopAttempts(runtime: Runtime, runId: string, redrive: number, reason: string): Promise<void> {
  const notYet = all(present("pk"), any(absent("stoppedRedrive"), below("stoppedRedrive", redrive)));
  await changeRun(runtime, runId, { set: { stoppedRedrive: redrive } }, notYet);
  const living = (await readAttempts(runtime, runId)).filter((attempt) => attempt.end === undefined);
  await sideBySide(living, PARALLEL_STOPS, (attempt) => stopAttempt(runtime, attempt, redrive, reason));
}

/** Asks one attempt to end; `sweep` ends it by force if it does not. */
export async function stopAttempt(
  runtime: Runtime,
  attempt: AttemptRecord,
  redrive: number,
  reason: string,
): Promise<void> {
  const checkAt = runtime.clock.now() + CANCEL_SECONDS * 1000;
  const marked = await changeAttempt(
    runtime,
    attempt,
    { set: { checkAt }, setOnce: { cancelReason: reason } },
    all(absent("end"), atMost("redrive", redrive)),
  );
  if (marked) {
    const executor = await executorOf(runtime, marked.executor);
    await executor.cancel(referenceOf(marked), reason);
  }
}
