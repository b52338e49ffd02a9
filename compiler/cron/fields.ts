/** What one field of a cron expression takes. */
export interface CronFieldSpec {
  /** For people. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of the values, from `least` on. */
  readonly names: readonly string[];
}

const field = (name: string, least: number, most: number, names: readonly string[] = []): CronFieldSpec => ({
  name,
  least,
  most,
  names,
});

/** The fields of `cron`. Source: reference/erda.md 1.8; years as EventBridge Scheduler takes them. */
export const CRON_FIELDS = {
  second: field("second", 0, 59),
  minute: field("minute", 0, 59),
  hour: field("hour", 0, 23),
  dayOfMonth: field("day of the month", 1, 31),
  month: field("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
  dayOfWeek: field("day of the week", 0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
  year: field("year", 1970, 2199),
} as const;

/** `0 to 6 or sun to sat`. */
export function allowedValues({ least, most, names }: CronFieldSpec): string {
  const numbers = `${least} to ${most}`;
  return names.length === 0 ? numbers : `${numbers} or ${names[0]} to ${names.at(-1)}`;
}

/** Every value of a field. */
export function everyValue({ least, most }: CronFieldSpec): readonly number[] {
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}
