import type { CronExpression } from "./expression.ts";
import type { Zone } from "./zone.ts";

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/**
 * The first instant of an expression behind another one; `undefined` where there is none any more.
 *
 * Daylight saving time as EventBridge Scheduler treats it: a time that the clock jumps over in spring is left out, and
 * one that it shows twice in autumn comes once. AWS does not say at which of the two; here it is the first.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextTime(expression: CronExpression, zone: Zone, after: number): number | undefined {
  const wallAfter = zone.wallAt(after);
  const today = Math.floor(wallAfter / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  const lastYear = expression.years.at(-1) ?? 0;
  for (let day = today; new Date(day).getUTCFullYear() <= lastYear; day += DAY_MILLISECONDS) {
    if (!hasDay(expression, new Date(day))) continue;
    // An hour that the clock shows twice may begin before the one that it shows now; no clock goes back by more.
    const found = firstOfDay(expression, zone, day, after, day === today ? wallAfter - 3 * HOUR_MILLISECONDS : day);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasDay({ daysOfMonth, daysOfWeek, months, years }: CronExpression, date: Date): boolean {
  return (
    months.includes(date.getUTCMonth() + 1) &&
    (daysOfMonth?.includes(date.getUTCDate()) ?? true) &&
    (daysOfWeek?.includes(date.getUTCDay() + 1) ?? true) &&
    years.includes(date.getUTCFullYear())
  );
}

function firstOfDay(
  { hours, minutes }: CronExpression,
  zone: Zone,
  day: number,
  after: number,
  wallFrom: number,
): number | undefined {
  for (const hour of hours) {
    const wallHour = day + hour * HOUR_MILLISECONDS;
    if (wallHour + HOUR_MILLISECONDS <= wallFrom) continue;
    for (const minute of minutes) {
      const instant = zone.instantOf(wallHour + minute * MINUTE_MILLISECONDS);
      if (instant !== undefined && instant > after) return instant;
    }
  }
  return undefined;
}
