const DAY_MILLISECONDS = 86_400_000;
/** Days whose offset is kept; a schedule looks at them one after the other. */
const KEPT_DAYS = 4_000;

/** The clock on the wall of a time zone. */
export interface Zone {
  /** The wall clock at an instant, as if it were UTC: milliseconds since the epoch. */
  wallAt(instant: number): number;
  /**
   * The instant at which the wall clock shows a time. `undefined` where it is jumped over in spring; the first of two in
   * autumn.
   */
  instantOf(wall: number): number | undefined;
}

/** @throws {RangeError} there is no such zone */
export function openZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  const offsetsOfDays = new Map<number, number>();

  const offsetAt = (instant: number): number => {
    const shown = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = 0, minutes = 0, seconds = 0] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(shown) ?? [];
    const milliseconds = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
    return sign === "-" ? -milliseconds : milliseconds;
  };
  /** At midnight of UTC: asking costs microseconds, and between two such nights nothing changes on most days. */
  const offsetOfDay = (day: number): number => {
    const known = offsetsOfDays.get(day);
    if (known !== undefined) return known;
    if (offsetsOfDays.size >= KEPT_DAYS) offsetsOfDays.clear();
    const offset = offsetAt(day * DAY_MILLISECONDS);
    offsetsOfDays.set(day, offset);
    return offset;
  };

  return {
    wallAt: (instant) => instant + offsetAt(instant),
    instantOf(wall) {
      const day = Math.floor(wall / DAY_MILLISECONDS);
      const before = offsetOfDay(day - 1);
      const after = offsetOfDay(day + 2);
      if (before === after) return wall - before;
      // The clock changes hereabouts. Where it goes back, the larger offset comes first.
      return [wall - before, wall - after].sort((left, right) => left - right).find((at) => at + offsetAt(at) === wall);
    },
  };
}
