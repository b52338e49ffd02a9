/** The zone of a `cron` that names none. Erda takes that of its server. */
export const DEFAULT_TIME_ZONE = "UTC";

/** Names of the time zones, for suggestions. */
export function timeZoneNames(): readonly string[] {
  return [DEFAULT_TIME_ZONE, ...Intl.supportedValuesOf("timeZone")];
}

/**
 * A zone of the IANA database as it is spelled there, or `undefined`. An offset such as `+08:00` is none: EventBridge
 * Scheduler takes names only, and the offset of most places changes.
 */
export function readTimeZone(name: string): string | undefined {
  if (!/^[A-Za-z]/.test(name) || !isKnown(name)) return undefined;
  const lower = name.toLowerCase();
  return timeZoneNames().find((known) => known.toLowerCase() === lower) ?? name;
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
