import { STATES_ERRORS } from "../error-names.ts";
import { CATCHER_FIELDS, RETRIER_FIELDS } from "./fields.ts";
import type { Catcher, Retrier } from "./model.ts";
import { readAssign } from "./read-assign.ts";
import type { Reader } from "./reader.ts";

/** Defaults and ranges: https://states-language.net/spec.html#errors, MaxDelaySeconds and jitter from AWS's page on error handling. */
const DEFAULT_RETRIER = { intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 } as const;
const INTERVAL = { minimum: 1, maximum: 99_999_999, isInteger: true };
const ATTEMPTS = { minimum: 0, maximum: 99_999_999, isInteger: true };
const BACKOFF = { minimum: 1, maximum: Number.MAX_VALUE, isInteger: false };
const MAX_DELAY = { minimum: 1, maximum: 31_622_399, isInteger: true };

/** `Retry` of a state; none is an empty list. */
export function readRetry(reader: Reader): readonly Retrier[] {
  const retriers = reader.objects("Retry", RETRIER_FIELDS);
  return retriers.map((retrier, index) => {
    const intervalSeconds = retrier.number("IntervalSeconds", INTERVAL) ?? DEFAULT_RETRIER.intervalSeconds;
    const maxDelaySeconds = retrier.number("MaxDelaySeconds", MAX_DELAY);
    if (maxDelaySeconds !== undefined && maxDelaySeconds <= intervalSeconds) {
      retrier.report("MaxDelaySeconds must be greater than IntervalSeconds", "MaxDelaySeconds");
    }
    const jitter = retrier.string("JitterStrategy") ?? "NONE";
    if (jitter !== "FULL" && jitter !== "NONE") retrier.report('Expected "FULL" or "NONE"', "JitterStrategy");
    return {
      errorEquals: readErrorEquals(retrier, index === retriers.length - 1),
      intervalSeconds,
      maxAttempts: retrier.number("MaxAttempts", ATTEMPTS) ?? DEFAULT_RETRIER.maxAttempts,
      backoffRate: retrier.number("BackoffRate", BACKOFF) ?? DEFAULT_RETRIER.backoffRate,
      maxDelaySeconds,
      jitter: jitter === "FULL",
    };
  });
}

/** `Catch` of a state; none is an empty list. */
export function readCatch(reader: Reader): readonly Catcher[] {
  const catchers = reader.objects("Catch", CATCHER_FIELDS);
  return catchers.map((catcher, index) => ({
    errorEquals: readErrorEquals(catcher, index === catchers.length - 1),
    next: catcher.requiredString("Next") ?? "",
    assign: readAssign(catcher),
    output: catcher.template("Output"),
  }));
}

function readErrorEquals(reader: Reader, isLast: boolean): readonly string[] {
  const names = reader.strings("ErrorEquals") ?? [];
  if (names.includes(STATES_ERRORS.all) && (names.length > 1 || !isLast)) {
    reader.report(`"${STATES_ERRORS.all}" must stand alone and last`, "ErrorEquals");
  }
  return names;
}
