import type { CronProblem, CronRate } from "./cron.ts";

/** The units of Go's durations, in which `@every` is written; "ms" before "m", whose letter it begins with. */
const UNITS = [
  { unit: "ns", milliseconds: 1e-6 },
  { unit: "us", milliseconds: 1e-3 },
  { unit: "µs", milliseconds: 1e-3 },
  { unit: "μs", milliseconds: 1e-3 },
  { unit: "ms", milliseconds: 1 },
  { unit: "s", milliseconds: 1_000 },
  { unit: "m", milliseconds: 60_000 },
  { unit: "h", milliseconds: 3_600_000 },
].map(({ unit, milliseconds }) => ({
  pattern: new RegExp(`^(?:\\d+(?:\\.\\d*)?|\\.\\d+)${unit}`),
  milliseconds,
}));

const MINUTE_MILLISECONDS = 60_000;
const MINUTES_PER_HOUR = 60;
/** A hundred years; a number beyond says nothing any more. */
const MOST_MINUTES = 100 * 365 * 24 * MINUTES_PER_HOUR;

/**
 * Reads what stands behind `@every `: a duration of Go, such as `1h30m`. EventBridge Scheduler counts whole minutes, so
 * anything else is refused with the nearest that it takes.
 */
export function parseEvery(text: string, start: number): CronRate | CronProblem {
  const span = { start, end: start + text.length };
  const milliseconds = millisecondsOf(text);
  if (milliseconds === undefined || milliseconds > MOST_MINUTES * MINUTE_MILLISECONDS) {
    return { kind: "duration", span, text };
  }
  const minutes = milliseconds / MINUTE_MILLISECONDS;
  if (Number.isInteger(minutes) && minutes > 0) return { kind: "rate", minutes };
  return { kind: "not-minutes", span, text, nearest: writeMinutes(Math.max(1, Math.round(minutes))) };
}

function millisecondsOf(text: string): number | undefined {
  let rest = text;
  let sum = 0;
  do {
    const found = UNITS.find(({ pattern }) => pattern.test(rest));
    if (found === undefined) return undefined;
    sum += Number.parseFloat(rest) * found.milliseconds;
    rest = rest.replace(found.pattern, "");
  } while (rest !== "");
  // Fractions of a second, which Erda cuts off.
  return Math.floor(sum / 1000) * 1000;
}

/** `1h30m`. */
function writeMinutes(minutes: number): string {
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  const rest = minutes % MINUTES_PER_HOUR;
  return `${hours === 0 ? "" : `${hours}h`}${rest === 0 ? "" : `${rest}m`}`;
}
