import { ServiceError } from "../wire/service.ts";

/** `cron(minutes hours day-of-month month day-of-week year)`. */
export interface CronExpression {
  readonly kind: "cron";
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Absent where it is `?`; then the days of the week count. */
  readonly daysOfMonth: readonly number[] | undefined;
  readonly months: readonly number[];
  /** 1 is Sunday. Absent where it is `?`. */
  readonly daysOfWeek: readonly number[] | undefined;
  readonly years: readonly number[];
}

/** `rate(value unit)`. */
export interface RateExpression {
  readonly kind: "rate";
  readonly milliseconds: number;
}

/** When a schedule comes. */
export type ScheduleExpression = CronExpression | RateExpression;

/** The expression is refused with this word; an `L`, `W` or `#`, which nothing here needs, as well. */
const LONGEST_EXPRESSION = 256;
const MINUTE_MILLISECONDS = 60_000;
const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Field {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  /** Whether `/` may stand in it; in the day of the week it may not. */
  readonly takesSteps?: boolean;
}

/** Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const FIELDS = {
  minutes: { least: 0, most: 59, takesSteps: true },
  hours: { least: 0, most: 23, takesSteps: true },
  daysOfMonth: { least: 1, most: 31, takesSteps: true },
  months: { least: 1, most: 12, names: MONTHS, takesSteps: true },
  daysOfWeek: { least: 1, most: 7, names: DAYS },
  years: { least: 1970, most: 2199, takesSteps: true },
} as const satisfies Record<string, Field>;

/**
 * Reads an expression of EventBridge Scheduler; one-time schedules (`at`) are not there.
 * @throws {ServiceError} ValidationException
 */
export function parseScheduleExpression(text: string): ScheduleExpression {
  const [, kind, body = ""] = /^(cron|rate)\(([^()]*)\)$/.exec(text) ?? [];
  const fail = () => new ServiceError("ValidationException", `Invalid Schedule Expression ${text}.`);
  const parsed = kind === undefined || text.length > LONGEST_EXPRESSION ? undefined : read(kind, body);
  if (parsed === undefined) throw fail();
  return parsed;
}

function read(kind: string, body: string): ScheduleExpression | undefined {
  const fields = body.trim().split(/\s+/);
  return kind === "rate" ? readRate(fields) : readCron(fields);
}

function readRate([value = "", unit = "", ...more]: readonly string[]): RateExpression | undefined {
  const [, singular = "", plural] = /^(minute|hour|day)(s?)$/.exec(unit) ?? [];
  const minutes = UNITS[singular];
  if (!/^[1-9]\d{0,8}$/.test(value) || minutes === undefined || more.length > 0) return undefined;
  if ((plural === "") !== (value === "1")) return undefined;
  return { kind: "rate", milliseconds: Number(value) * minutes * MINUTE_MILLISECONDS };
}

function readCron(texts: readonly string[]): CronExpression | undefined {
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = texts;
  // One of the two days is given, and the other is a question mark.
  if (texts.length !== 6 || (dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  const minutes = readField(minute, FIELDS.minutes);
  const hours = readField(hour, FIELDS.hours);
  const months = readField(month, FIELDS.months);
  const years = readField(year, FIELDS.years);
  const daysOfMonth = dayOfMonth === "?" ? undefined : readField(dayOfMonth, FIELDS.daysOfMonth);
  const daysOfWeek = dayOfWeek === "?" ? undefined : readField(dayOfWeek, FIELDS.daysOfWeek);
  if (!minutes || !hours || !months || !years || (!daysOfMonth && !daysOfWeek)) return undefined;
  return { kind: "cron", minutes, hours, daysOfMonth, months, daysOfWeek, years };
}

function readField(text: string, field: Field): readonly number[] | undefined {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const range = readItem(item, field);
    if (range === undefined) return undefined;
    for (const value of range) values.add(value);
  }
  return [...values].sort((left, right) => left - right);
}

function readItem(item: string, field: Field): readonly number[] | undefined {
  const [, from = "", to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d{1,9}))?$/.exec(item) ?? [];
  const every = step === undefined ? 1 : Number(step);
  // What a step behind a range means is not documented.
  if (every === 0 || (step !== undefined && (to !== undefined || field.takesSteps !== true))) return undefined;
  if (from === "*") return to === undefined ? sequence(field.least, field.most, every) : undefined;
  const first = readValue(from, field);
  const single = step === undefined ? first : field.most;
  const last = to === undefined ? single : readValue(to, field);
  return first === undefined || last === undefined || first > last ? undefined : sequence(first, last, every);
}

function readValue(text: string, { least, most, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named !== -1) return least + named;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function sequence(first: number, last: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}
