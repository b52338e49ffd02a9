import { againErrorName } from "../asl/error-names.ts";
import { LONGEST_EXECUTION_SECONDS } from "../asl/limits.ts";
import type { Retrier } from "../asl/types.ts";
import type { LoopStrategy } from "../model/pipeline.ts";
import { twoDigits, waitAfter, waitRuns, wholeSeconds } from "./waits.ts";

/** Largest MaxAttempts that Step Functions takes. */
export const MAX_ATTEMPTS = 99_999_999;
/** Retriers with exact waits for one action; beyond, waits are rounded up to two digits. */
const MOST_EXACT_RETRIERS = 60;

/** How the tries of one action, by its `loop` and its `retry`, become retriers of one Task. */
export interface TryPlan {
  /** Iterations times tries within one; -1 is unlimited. */
  readonly totalTries: number;
  /** Empty where there is one try only. */
  readonly retriers: readonly Retrier[];
  /**
   * The error that makes Step Functions wait and try again. `iteration` (1-based) and `retryInIteration` (0 is the
   * first try of the iteration) say which try has just ended; `kind` says whether the loop goes on with iteration + 1
   * or the retry policy with another try of the same iteration.
   */
  errorNameAfter(iteration: number, retryInIteration: number, kind: "loop" | "retry"): string;
  /** Tries at most before `timeoutSeconds` are over (-1 is never), if each took no time at all. */
  mostTriesWithin(timeoutSeconds: number): number;
}

/**
 * Plans the tries of an action. Both the emitter (retriers) and the functions (error names) call it, so that they agree.
 *
 * One retrier with backoff says it all where only `loop` or only `retry` is given and its waits are what Step Functions
 * can count by itself: whole seconds, ratio at least 1. Any other policy gets one retrier per distinct wait, rounded up
 * to whole seconds and at least one, named `Sluice.Again.<seconds>`.
 */
export function planTries(
  loop: { readonly strategy: LoopStrategy } | undefined,
  retry: LoopStrategy | undefined,
): TryPlan {
  const iterations = countOf(loop?.strategy.maxTimes ?? 1);
  const retries = retry ? countOf(retry.maxTimes) : 0;
  const unlimited = loop?.strategy.maxTimes === -1 || retry?.maxTimes === -1;
  const totalTries = unlimited ? -1 : iterations * (1 + retries);
  const loopStrategy = iterations > 1 ? loop?.strategy : undefined;
  const retryStrategy = retries > 0 ? retry : undefined;
  const mostTriesWithin = (timeoutSeconds: number) =>
    countTries(loopStrategy, iterations - 1, retryStrategy, retries, timeoutSeconds);

  const only = loopStrategy && retryStrategy ? undefined : (loopStrategy ?? retryStrategy);
  const attempts = Math.min(MAX_ATTEMPTS, iterations * (1 + retries) - 1);
  const single = only && backoffOf(only);
  if (single) {
    const retriers = [{ ErrorEquals: [againErrorName(undefined)], ...single, MaxAttempts: attempts }];
    return { totalTries, retriers, errorNameAfter: () => againErrorName(undefined), mostTriesWithin };
  }

  const policies = [
    ...(loopStrategy ? [{ strategy: loopStrategy, steps: iterations - 1, times: 1 }] : []),
    ...(retryStrategy ? [{ strategy: retryStrategy, steps: retries, times: iterations }] : []),
  ];
  const exact = countWaits(policies, wholeSeconds, MOST_EXACT_RETRIERS);
  const isExact = exact.size <= MOST_EXACT_RETRIERS;
  const round = isExact ? wholeSeconds : twoDigits;
  const waits = isExact ? exact : countWaits(policies, twoDigits, Number.POSITIVE_INFINITY);
  return {
    totalTries,
    retriers: [...waits]
      .sort(([a], [b]) => a - b)
      .map(([seconds, count]) => ({
        ErrorEquals: [againErrorName(seconds)],
        IntervalSeconds: seconds,
        BackoffRate: 1,
        MaxAttempts: Math.min(MAX_ATTEMPTS, count),
      })),
    errorNameAfter(iteration, retryInIteration, kind) {
      const strategy = kind === "loop" ? loop?.strategy : retry;
      const n = kind === "loop" ? iteration : retryInIteration + 1;
      return againErrorName(strategy && round(waitAfter(strategy, n)));
    },
    mostTriesWithin,
  };
}

function countOf(maxTimes: number): number {
  return maxTimes === -1 ? MAX_ATTEMPTS + 1 : Math.min(Math.max(Math.trunc(maxTimes), 0), MAX_ATTEMPTS + 1);
}

/** The policy as parameters of one retrier; `undefined` where Step Functions cannot count the waits. */
function backoffOf(
  strategy: LoopStrategy,
): Pick<Retrier, "IntervalSeconds" | "BackoffRate" | "MaxDelaySeconds"> | undefined {
  const { intervalSeconds: interval, limitSeconds: limit, ratio } = strategy;
  const isWhole = (seconds: number) => Number.isInteger(seconds) && seconds >= 1;
  if (!isWhole(interval) || ratio < 1) return undefined;
  const first = Math.min(interval, limit, LONGEST_EXECUTION_SECONDS);
  if (ratio === 1 || limit <= interval || interval >= LONGEST_EXECUTION_SECONDS) {
    return isWhole(first) ? { IntervalSeconds: first, BackoffRate: 1 } : undefined;
  }
  if (!isWhole(limit)) return undefined;
  return { IntervalSeconds: interval, BackoffRate: ratio, MaxDelaySeconds: Math.min(limit, LONGEST_EXECUTION_SECONDS) };
}

/** Distinct waits and how often each comes; ends at the first one beyond `most`. */
function countWaits(
  policies: readonly { readonly strategy: LoopStrategy; readonly steps: number; readonly times: number }[],
  round: (seconds: number) => number,
  most: number,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { strategy, steps, times } of policies) {
    for (const { seconds, count } of waitRuns(strategy, steps, round)) {
      counts.set(seconds, (counts.get(seconds) ?? 0) + count * times);
      if (counts.size > most) return counts;
    }
  }
  return counts;
}

function countTries(
  loop: LoopStrategy | undefined,
  loopSteps: number,
  retry: LoopStrategy | undefined,
  retries: number,
  timeoutSeconds: number,
): number {
  const allTries = (1 + loopSteps) * (1 + retries);
  if (timeoutSeconds < 0) return allTries;
  if (!loop) return 1 + (retry ? stepsWithin(retry, retries, 0, timeoutSeconds) : 0);
  const retrySeconds = retry ? secondsOf(retry, retries) : 0;
  // Every iteration that fits, and one more that is cut short.
  return Math.min(allTries, (1 + stepsWithin(loop, loopSteps, retrySeconds, timeoutSeconds)) * (1 + retries));
}

/** How many of the waits, each with `extra` seconds, fit into `limit` seconds. */
function stepsWithin(strategy: LoopStrategy, steps: number, extra: number, limit: number): number {
  let left = limit;
  let fitting = 0;
  for (const { seconds, count } of waitRuns(strategy, steps, twoDigits)) {
    // What is rounded up to two digits is at most a tenth longer than the real wait.
    const shortest = (seconds < 100 ? seconds : seconds / 1.1) + extra;
    const some = Math.min(count, Math.floor(left / shortest));
    fitting += some;
    left -= some * shortest;
    if (some < count) break;
  }
  return fitting;
}

function secondsOf(strategy: LoopStrategy, steps: number): number {
  return [...waitRuns(strategy, steps, twoDigits)].reduce(
    (sum, { seconds, count }) => sum + (seconds * count) / 1.1,
    0,
  );
}
