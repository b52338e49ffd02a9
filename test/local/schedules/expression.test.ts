import { describe, expect, test } from "vitest";
import { parseScheduleExpression } from "../../../local/schedules/expression.ts";

const MINUTE = 60_000;

describe("expressions of EventBridge Scheduler", () => {
  test.each([
    ["rate(1 minute)", MINUTE],
    ["rate(5 minutes)", 5 * MINUTE],
    ["rate(1 hour)", 60 * MINUTE],
    ["rate(36 hours)", 36 * 60 * MINUTE],
    ["rate(2 days)", 2 * 1440 * MINUTE],
  ])("%s", (text, milliseconds) => {
    expect(parseScheduleExpression(text)).toEqual({ kind: "rate", milliseconds });
  });

  test("cron", () => {
    expect(parseScheduleExpression("cron(0/20 8,9-10 ? JAN,3 MON-FRI 2026-2027)")).toEqual({
      kind: "cron",
      minutes: [0, 20, 40],
      hours: [8, 9, 10],
      daysOfMonth: undefined,
      months: [1, 3],
      daysOfWeek: [2, 3, 4, 5, 6],
      years: [2026, 2027],
    });
    expect(parseScheduleExpression("cron(*/30 0 1/10 * ? *)")).toMatchObject({
      minutes: [0, 30],
      daysOfMonth: [1, 11, 21, 31],
      daysOfWeek: undefined,
    });
  });

  test.each([
    "",
    "cron()",
    "cron(0 0 * * *)",
    "cron(0 0 * * * *)",
    "cron(0 0 ? * ? *)",
    "cron(0 0 1 * 1 *)",
    "cron(60 0 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 0 0 * ? *)",
    "cron(0 0 * 13 ? *)",
    "cron(0 0 ? * 0 *)",
    "cron(0 0 ? * 8 *)",
    "cron(0 0 ? * 1/2 *)",
    "cron(0 0 L * ? *)",
    "cron(0 0 ? * 2#1 *)",
    "cron(5-1 0 * * ? *)",
    "cron(10-40/10 0 * * ? *)",
    "cron(*/0 0 * * ? *)",
    "cron(*-5 0 * * ? *)",
    "cron(0,, 0 * * ? *)",
    "cron(0 0 * * ? 1969)",
    "rate(0 minutes)",
    "rate(1 minutes)",
    "rate(5 minute)",
    "rate(5 seconds)",
    "rate(1.5 hours)",
    "rate(5)",
    "rate(5 minutes 1)",
    "at(2026-01-15T12:00:00)",
    `cron(${"0,".repeat(130)}0 0 * * ? *)`,
  ])("%s is refused, as AWS words it", (text) => {
    expect(() => parseScheduleExpression(text)).toThrow(`Invalid Schedule Expression ${text}.`);
  });
});
