import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CRON_FIELDS, type CronFieldSpec, everyValue } from "../../../compiler/cron/fields.ts";
import { parseCron } from "../../../compiler/cron/parse-cron.ts";
import { scheduleExpressions } from "../../../compiler/cron/schedule-expressions.ts";

function translate(text: string) {
  const { cron } = parseCron(text);
  if (cron === undefined) throw new Error(`"${text}" is wrong.`);
  return scheduleExpressions(cron);
}

describe("in the language of EventBridge Scheduler", () => {
  test.each([
    ["* * * * *", "cron(* * * * ? *)"],
    ["0 2 * * *", "cron(0 2 * * ? *)"],
    ["*/15 9-17 * * mon-fri", "cron(0/15 9-17 ? * 2-6 *)"],
    ["0,1 0 1 1-3,12 *", "cron(0,1 0 1 1-3,12 ? *)"],
    ["1/2 * * * *", "cron(1/2 * * * ? *)"],
    ["0,30 0 * * sun,sat", "cron(0,30 0 ? * 1,7 *)"],
    ["10-40/10 0 * * *", "cron(10,20,30,40 0 * * ? *)"],
    ["0 0 */2 * *", "cron(0 0 1/2 * ? *)"],
    ["0 0 * * */2", "cron(0 0 ? * 1,3,5,7 *)"],
    ["0 0 1-31 * mon", "cron(0 0 * * ? *)"],
    ["0 0 13 * 0-6", "cron(0 0 * * ? *)"],
    ["0 0 0 1 1 ? 2027-2030", "cron(0 0 1 1 ? 2027-2030)"],
    ["@every 1m", "rate(1 minute)"],
    ["@every 90m", "rate(90 minutes)"],
    ["@every 1h", "rate(1 hour)"],
    ["@every 36h", "rate(36 hours)"],
    ["@every 24h", "rate(1 day)"],
    ["@every 72h", "rate(3 days)"],
  ])("%s is %s", (text, expression) => {
    expect(translate(text)).toEqual({ expressions: [expression] });
  });

  test("a day of the month or a day of the week is two", () => {
    expect(translate("30 4 1,15 * fri")).toEqual({
      expressions: ["cron(30 4 1,15 * ? *)", "cron(30 4 ? * 6 *)"],
    });
  });

  test("both at once is one, of which some days do not count", () => {
    expect(translate("0 0 */10 * sun")).toEqual({ expressions: ["cron(0 0 1/10 * ? *)"], onlyDaysOfWeek: [0] });
    expect(translate("0 0 13 * */2")).toEqual({ expressions: ["cron(0 0 13 * ? *)"], onlyDaysOfWeek: [0, 2, 4, 6] });
  });
});

/** Scheduler's limit. Source: CreateSchedule, `ScheduleExpression`. */
const LONGEST = 256;

test("no expression is longer than EventBridge Scheduler takes", () => {
  const some = (spec: CronFieldSpec) =>
    fc
      .subarray([...everyValue(spec)], { minLength: 1 })
      .map((values) => (values.length === 0 ? "*" : values.join(",")));
  const { dayOfMonth, dayOfWeek, hour, minute, month } = CRON_FIELDS;
  // Two values, then a gap: neither a range nor a step says it shorter.
  const worst = ({ least, most }: CronFieldSpec) =>
    everyValue({ name: "", names: [], least, most })
      .filter((value) => (most - value) % 3 !== 2)
      .join(",");
  const texts = fc.tuple(some(minute), some(hour), some(dayOfMonth), some(month), some(dayOfWeek));
  const worstText = [minute, hour, dayOfMonth, month, dayOfWeek].map(worst).join(" ");
  fc.assert(
    fc.property(texts, (fields) => {
      for (const expression of translate(fields.join(" ")).expressions) {
        expect(expression.length).toBeLessThanOrEqual(LONGEST);
      }
    }),
  );
  const longest = Math.max(...translate(worstText).expressions.map(({ length }) => length));
  expect(longest).toBeGreaterThan(200);
  expect(longest).toBeLessThanOrEqual(LONGEST);
});
