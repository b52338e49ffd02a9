/** Kinds of `${{ random.<type> }}`, with Erda's names. Source: reference/erda.md 1.7. */
export const RANDOM_TYPES = [
  "string",
  "integer",
  "float",
  "boolean",
  "upper",
  "lower",
  "mobile",
  "digital_letters",
  "letters",
  "character",
  ...["timestamp", "timestamp_ms", "timestamp_ns"].flatMap((unit) => [
    unit,
    `${unit}_hour`,
    `${unit}_after_hour`,
    `${unit}_day`,
    `${unit}_after_day`,
  ]),
  "date",
  "date_day",
  "datetime",
  "datetime_hour",
] as const;

/** Whether `random` knows the type: one of the list, `integer_<1-18>` or `datetime_custom_<layout>`. */
export function isRandomType(type: string): boolean {
  return (
    RANDOM_TYPES.some((known) => known === type) ||
    /^integer_([1-9]|1[0-8])$/.test(type) ||
    /^datetime_custom_.+$/.test(type)
  );
}
