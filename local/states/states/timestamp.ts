const TIMESTAMP =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?<time>\d{2}:\d{2}:\d{2})(?<fraction>\.\d{1,9})?(?<offset>Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch of an ISO-8601 date-time with offset (RFC 3339), or undefined for anything else. Finer
 * fractions are cut.
 */
export function parseTimestamp(text: string): number | undefined {
  const parts = TIMESTAMP.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { date = "", time = "", fraction = ".0", offset = "Z" } = parts;
  const millis = Date.parse(`${date}T${time}${fraction.padEnd(4, "0").slice(0, 4)}${offset}`);
  if (Number.isNaN(millis)) return undefined;
  // Date.parse takes the 31st of February for a day in March.
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) ? millis : undefined;
}
