import type { Cron, CronTimes } from "./cron.ts";
import { daysOf } from "./days.ts";
import { CRON_FIELDS, type CronFieldSpec } from "./fields.ts";

/** What a cron is in the language of EventBridge Scheduler. */
export interface ScheduleExpressions {
  /** One, or two where a day of the month OR a day of the week is enough: Scheduler's expressions have no such OR. */
  readonly expressions: readonly string[];
  /**
   * Days of the week (0 is Sunday) on which a tick counts: Scheduler's expressions cannot ask for a day of the month AND
   * a day of the week either, so `start-scheduled-run` looks at the day.
   */
  readonly onlyDaysOfWeek?: readonly number[];
}

/**
 * Translates a cron into `cron(minutes hours day-of-month month day-of-week year)` or `rate(n unit)`. The two expressions
 * of an OR both come where both days fall together; a run's id is made of its pipeline and time, so that there is one run.
 *
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleExpressions(cron: Cron): ScheduleExpressions {
  if (cron.kind === "rate") return { expressions: [writeRate(cron.minutes)] };
  const days = daysOf(cron);
  switch (days.kind) {
    case "every":
      return { expressions: [writeCron(cron, "*", "?")] };
    case "of-month":
      return { expressions: [writeCron(cron, writeDaysOfMonth(days.daysOfMonth), "?")] };
    case "of-week":
      return { expressions: [writeCron(cron, "?", writeDaysOfWeek(days.daysOfWeek))] };
    case "both":
      return {
        expressions: [writeCron(cron, writeDaysOfMonth(days.daysOfMonth), "?")],
        onlyDaysOfWeek: days.daysOfWeek,
      };
    case "either":
      return {
        expressions: [
          writeCron(cron, writeDaysOfMonth(days.daysOfMonth), "?"),
          writeCron(cron, "?", writeDaysOfWeek(days.daysOfWeek)),
        ],
      };
  }
}

function writeCron({ hour, minute, month, year }: CronTimes, dayOfMonth: string, dayOfWeek: string): string {
  const fields = [
    writeField(minute.values, CRON_FIELDS.minute),
    writeField(hour.values, CRON_FIELDS.hour),
    dayOfMonth,
    writeField(month.values, CRON_FIELDS.month),
    dayOfWeek,
    writeField(year.values, CRON_FIELDS.year),
  ];
  return `cron(${fields.join(" ")})`;
}

function writeDaysOfMonth(days: readonly number[]): string {
  return writeField(days, CRON_FIELDS.dayOfMonth);
}

/** Scheduler counts the days of the week from 1, Sunday, and knows no steps there. */
function writeDaysOfWeek(days: readonly number[]): string {
  return writeRanges(days.map((day) => day + 1));
}

/** As short as it can be: an expression has at most 256 characters, and this way none has more (a test adds up the worst). */
function writeField(values: readonly number[], spec: CronFieldSpec): string {
  if (values.length === spec.most - spec.least + 1) return "*";
  const ranges = writeRanges(values);
  const steps = writeSteps(values, spec);
  return steps !== undefined && steps.length < ranges.length ? steps : ranges;
}

/** `5/15` for 5, 20, 35, 50. */
function writeSteps(values: readonly number[], { most }: CronFieldSpec): string | undefined {
  const [first = 0, second = 0] = values;
  const step = second - first;
  const isStepped = values.every((value, index) => value === first + index * step);
  return isStepped && values.length > 1 && first + values.length * step > most ? `${first}/${step}` : undefined;
}

/** `1,3-5`; a range of two would be longer than its values. */
function writeRanges(values: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const value of values) {
    const run = runs.at(-1);
    if (run !== undefined && value === run.last + 1) run.last = value;
    else runs.push({ first: value, last: value });
  }
  return runs
    .map(({ first, last }) => {
      if (first === last) return `${first}`;
      return last === first + 1 ? `${first},${last}` : `${first}-${last}`;
    })
    .join(",");
}

const RATE_UNITS = [
  { unit: "day", minutes: 1440 },
  { unit: "hour", minutes: 60 },
] as const;

function writeRate(minutes: number): string {
  const { unit, minutes: size } = RATE_UNITS.find((one) => minutes % one.minutes === 0) ?? {
    unit: "minute",
    minutes: 1,
  };
  const value = minutes / size;
  return `rate(${value} ${unit}${value === 1 ? "" : "s"})`;
}
