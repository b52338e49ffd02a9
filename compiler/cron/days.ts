import type { CronTimes } from "./cron.ts";
import { CRON_FIELDS, everyValue } from "./fields.ts";

/** On which days a cron comes, of those of its months and years. */
export type CronDays =
  | { readonly kind: "every" }
  | { readonly kind: "of-month"; readonly daysOfMonth: readonly number[] }
  | { readonly kind: "of-week"; readonly daysOfWeek: readonly number[] }
  /** One of the two is enough. */
  | {
      readonly kind: "either" | "both";
      readonly daysOfMonth: readonly number[];
      readonly daysOfWeek: readonly number[];
    };

const DAYS_OF_MONTH = everyValue(CRON_FIELDS.dayOfMonth).length;
const DAYS_OF_WEEK = everyValue(CRON_FIELDS.dayOfWeek).length;

/**
 * The days of a cron. Vixie cron's rule, which Erda has: where neither field has a star, a day of either is enough; where
 * one has, both must fit (so that a star with a step, as in every second day, narrows the other field).
 */
export function daysOf({ dayOfMonth, dayOfWeek }: CronTimes): CronDays {
  const daysOfMonth = dayOfMonth.values;
  const daysOfWeek = dayOfWeek.values;
  const everyDayOfMonth = daysOfMonth.length === DAYS_OF_MONTH;
  const everyDayOfWeek = daysOfWeek.length === DAYS_OF_WEEK;
  if (!dayOfMonth.isStar && !dayOfWeek.isStar) {
    if (everyDayOfMonth || everyDayOfWeek) return { kind: "every" };
    return { kind: "either", daysOfMonth, daysOfWeek };
  }
  if (everyDayOfMonth && everyDayOfWeek) return { kind: "every" };
  if (everyDayOfWeek) return { kind: "of-month", daysOfMonth };
  return everyDayOfMonth ? { kind: "of-week", daysOfWeek } : { kind: "both", daysOfMonth, daysOfWeek };
}

const FEBRUARY = 2;
const MONTHS_OF_30_DAYS: ReadonlySet<number> = new Set([4, 6, 9, 11]);

/** The days that a cron waits for in vain (`day 30 of February`), where there is no other. */
export function neverComes(cron: CronTimes): string | undefined {
  const days = daysOf(cron);
  if (days.kind !== "of-month" && days.kind !== "both") return undefined;
  const first = Math.min(...days.daysOfMonth);
  const hasLeapYear = cron.year.values.some((year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  const february = hasLeapYear ? 29 : 28;
  const longest = (month: number): number => (MONTHS_OF_30_DAYS.has(month) ? 30 : month === FEBRUARY ? february : 31);
  if (cron.month.values.some((month) => longest(month) >= first)) return undefined;
  const months = cron.month.values.map((month) => CRON_FIELDS.month.names[month - 1]).join(", ");
  return `day ${days.daysOfMonth.join(", ")} of ${months}`;
}
