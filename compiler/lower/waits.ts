import { LONGEST_EXECUTION_SECONDS } from "../asl/limits.ts";
import type { LoopStrategy } from "../model/pipeline.ts";

/** Seconds to wait after try `n` (1-based): `min(interval * ratio^(n-1), limit)`. Source: reference/erda.md 1.7. */
export function waitAfter(strategy: LoopStrategy, n: number): number {
  if (strategy.intervalSeconds <= 0) return 0;
  const grown = strategy.intervalSeconds * strategy.ratio ** (n - 1);
  return Math.min(grown, strategy.limitSeconds, LONGEST_EXECUTION_SECONDS);
}

/** Seconds as Step Functions takes them: whole, at least one. The subtraction undoes errors of floating point. */
export function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds - 1e-6));
}

/** Whole seconds rounded up to two significant digits: at most a tenth more, and 90 values for each power of ten. */
export function twoDigits(seconds: number): number {
  const whole = wholeSeconds(seconds);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(whole)) - 1);
  return Math.ceil(whole / unit) * unit;
}

/** `count` waits in a row that round to the same number of seconds. */
export interface WaitRun {
  readonly seconds: number;
  readonly count: number;
}

/**
 * The waits after tries 1 to `steps`, as runs. They only ever grow or only shrink, so that the end of each run is found
 * by bisection: 99,999,999 steps cost no more than a few.
 */
export function* waitRuns(
  strategy: LoopStrategy,
  steps: number,
  round: (seconds: number) => number,
): Generator<WaitRun> {
  const at = (n: number) => round(waitAfter(strategy, n));
  for (let first = 1; first <= steps; ) {
    const seconds = at(first);
    let low = first;
    let high = steps;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (at(middle) === seconds) low = middle;
      else high = middle - 1;
    }
    yield { seconds, count: low - first + 1 };
    first = low + 1;
  }
}
