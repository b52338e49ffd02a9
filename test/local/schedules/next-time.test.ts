import { describe, expect, test } from "vitest";
import { parseScheduleExpression } from "../../../local/schedules/expression.ts";
import { nextTime } from "../../../local/schedules/next-time.ts";
import { openZone } from "../../../local/schedules/zone.ts";

/** The next few times of an expression. */
function times(expression: string, zone: string, after: string, count: number): readonly string[] {
  const parsed = parseScheduleExpression(expression);
  if (parsed.kind !== "cron") throw new Error("no cron");
  const found: string[] = [];
  for (let at: number | undefined = Date.parse(after); found.length < count; ) {
    at = nextTime(parsed, openZone(zone), at);
    if (at === undefined) break;
    found.push(new Date(at).toISOString().replace(":00.000Z", "Z"));
  }
  return found;
}

describe("daylight saving time, as EventBridge Scheduler treats it", () => {
  test("a time that the clock jumps over in spring is left out", () => {
    expect(times("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-27T12:00Z", 3)).toEqual([
      "2026-03-28T01:30Z",
      "2026-03-30T00:30Z",
      "2026-03-31T00:30Z",
    ]);
    expect(times("cron(0/30 * * * ? *)", "Europe/Berlin", "2026-03-29T00:00Z", 4)).toEqual([
      "2026-03-29T00:30Z",
      "2026-03-29T01:00Z",
      "2026-03-29T01:30Z",
      "2026-03-29T02:00Z",
    ]);
  });

  test("a time that the clock shows twice in autumn comes once, at the first", () => {
    expect(times("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00Z", 2)).toEqual([
      "2026-10-25T00:30Z",
      "2026-10-26T01:30Z",
    ]);
    expect(times("cron(0/30 * * * ? *)", "Europe/Berlin", "2026-10-25T00:00Z", 3)).toEqual([
      "2026-10-25T00:30Z",
      "2026-10-25T02:00Z",
      "2026-10-25T02:30Z",
    ]);
  });

  test("asked within the hour that is shown again, what has been is not again", () => {
    expect(times("cron(45 2 * * ? *)", "Europe/Berlin", "2026-10-25T01:10Z", 1)).toEqual(["2026-10-26T01:45Z"]);
  });

  test("clocks that change by half an hour, or at midnight", () => {
    expect(times("cron(15 2 * * ? *)", "Australia/Lord_Howe", "2026-10-02T16:00Z", 2)).toEqual([
      "2026-10-04T15:15Z",
      "2026-10-05T15:15Z",
    ]);
    expect(times("cron(0 0 * * ? *)", "Asia/Beirut", "2026-03-27T12:00Z", 2)).toEqual([
      "2026-03-27T22:00Z",
      "2026-03-29T21:00Z",
    ]);
  });
});

test("days, months and years", () => {
  expect(times("cron(0 0 29 2 ? *)", "UTC", "2026-01-01T00:00Z", 2)).toEqual([
    "2028-02-29T00:00Z",
    "2032-02-29T00:00Z",
  ]);
  expect(times("cron(0 0 ? * 1 *)", "UTC", "2026-01-01T00:00Z", 2)).toEqual(["2026-01-04T00:00Z", "2026-01-11T00:00Z"]);
  expect(times("cron(0 0 1 1 ? 2027-2028)", "UTC", "2026-06-01T00:00Z", 5)).toEqual([
    "2027-01-01T00:00Z",
    "2028-01-01T00:00Z",
  ]);
  expect(times("cron(0 0 31 2 ? 2026-2030)", "UTC", "2026-01-01T00:00Z", 1)).toEqual([]);
  expect(times("cron(0 0 1 1 ? 2020)", "UTC", "2026-01-01T00:00Z", 1)).toEqual([]);
});

test("zones east and west of the date line, and one whose offset has minutes", () => {
  expect(times("cron(0 1 * * ? *)", "Pacific/Kiritimati", "2026-01-01T12:00Z", 1)).toEqual(["2026-01-02T11:00Z"]);
  expect(times("cron(0 23 * * ? *)", "Pacific/Pago_Pago", "2026-01-01T12:00Z", 1)).toEqual(["2026-01-02T10:00Z"]);
  expect(times("cron(0 0 * * ? *)", "Asia/Kolkata", "2026-01-01T12:00Z", 1)).toEqual(["2026-01-01T18:30Z"]);
});
