import type { Retrier } from "../definition/model.ts";
import { matchesError } from "../error-names.ts";
import { type RandomBytes, randomFraction } from "../randomness.ts";
import type { StateRun } from "./execution.ts";
import { type Failure, namesOf } from "./failure.ts";

/**
 * Milliseconds until the next try, which is counted here; undefined if there is none. The first Retrier that knows the
 * error decides, also when it has no try left. Source: https://states-language.net/spec.html#retrying-after-error
 */
export function takeRetry(
  run: StateRun,
  retriers: readonly Retrier[],
  failure: Failure,
  random: RandomBytes,
): number | undefined {
  const names = namesOf(failure);
  const index = retriers.findIndex(({ errorEquals }) => matchesError(errorEquals, names));
  const retrier = retriers[index];
  if (retrier === undefined) return undefined;
  const used = run.retries[index] ?? 0;
  if (used >= retrier.maxAttempts) return undefined;
  while (run.retries.length <= index) run.retries.push(0);
  run.retries[index] = used + 1;
  run.retryCount++;
  const { intervalSeconds, backoffRate, maxDelaySeconds = Number.POSITIVE_INFINITY, jitter } = retrier;
  const seconds = Math.min(intervalSeconds * backoffRate ** used, maxDelaySeconds);
  return Math.round(seconds * 1000 * (jitter ? randomFraction(random) : 1));
}
