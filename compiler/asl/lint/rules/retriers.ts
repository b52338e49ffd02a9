import { handlersOf, type JsonObject } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

/** Exclusive upper bound of `MaxDelaySeconds`. Source: reference/aws.md 3.5. */
const MAX_DELAY_BOUND = 31_622_400;
const MAX_COUNT = 99_999_999;

/** Numbers of retriers are in the ranges that Step Functions accepts. */
export const retriers: LintRule = {
  name: "retriers",
  check({ states }) {
    return states.flatMap((state) =>
      handlersOf(state, "Retry").flatMap(({ object, path }) =>
        [...checkRetrier(object)].map(({ path: field, message }) => ({ path: `${path}.${field}`, message })),
      ),
    );
  },
};

function* checkRetrier(retrier: JsonObject): Generator<Finding> {
  const { IntervalSeconds: interval = 1, MaxAttempts: attempts = 3, BackoffRate: rate = 2 } = retrier;
  const { MaxDelaySeconds: delay, JitterStrategy: jitter } = retrier;
  if (!isWhole(interval, 1, MAX_COUNT)) {
    yield { path: "IntervalSeconds", message: `IntervalSeconds must be a whole number from 1 to ${MAX_COUNT}.` };
  }
  if (!isWhole(attempts, 0, MAX_COUNT)) {
    yield { path: "MaxAttempts", message: `MaxAttempts must be a whole number from 0 to ${MAX_COUNT}.` };
  }
  if (typeof rate !== "number" || !(rate >= 1) || !Number.isFinite(rate)) {
    yield { path: "BackoffRate", message: "BackoffRate must be a number from 1." };
  }
  if (delay !== undefined && !isWhole(delay, Number(interval) + 1, MAX_DELAY_BOUND - 1)) {
    yield {
      path: "MaxDelaySeconds",
      message: `MaxDelaySeconds must be a whole number above IntervalSeconds and below ${MAX_DELAY_BOUND}.`,
    };
  }
  if (jitter !== undefined && jitter !== "FULL" && jitter !== "NONE") {
    yield { path: "JitterStrategy", message: 'JitterStrategy must be "FULL" or "NONE".' };
  }
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
