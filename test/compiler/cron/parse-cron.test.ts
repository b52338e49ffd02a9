import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CronProblem, CronTimes } from "../../../compiler/cron/cron.ts";
import { CRON_FIELDS, everyValue } from "../../../compiler/cron/fields.ts";
import { parseCron } from "../../../compiler/cron/parse-cron.ts";

/** Times of a text that has nothing wrong. */
function timesOf(text: string): CronTimes {
  const { cron, problems } = parseCron(text);
  expect(problems, text).toEqual([]);
  if (cron?.kind !== "times") throw new Error(`"${text}" is no expression.`);
  return cron;
}

/** What is wrong, with the text that it stands at. */
function wrong(text: string): readonly string[] {
  const { cron, problems } = parseCron(text);
  expect(cron === undefined || problems.every(({ kind }) => kind === "never")).toBe(true);
  return problems.map((problem) => `${text.slice(problem.span.start, problem.span.end)}: ${wordsOf(problem)}`);
}

function wordsOf(problem: CronProblem): string {
  switch (problem.kind) {
    case "field-count":
      return `${problem.count} fields`;
    case "value":
      return `${problem.field} ${problem.why}; ${problem.help}${problem.replacement ? ` => ${problem.replacement}` : ""}`;
    case "not-minutes":
      return `nearest ${problem.nearest}`;
    case "zone":
      return `zone ${problem.zone}`;
    case "never":
      return `no ${problem.days}`;
    default:
      return problem.kind;
  }
}

describe("fields", () => {
  test("of five, six and seven", () => {
    const five = timesOf("30 2 * * mon-fri");
    expect(five.minute.values).toEqual([30]);
    expect(five.hour).toEqual({ values: [2], isStar: false });
    expect(five.dayOfMonth.isStar).toBe(true);
    expect(five.month.values).toHaveLength(12);
    expect(five.dayOfWeek.values).toEqual([1, 2, 3, 4, 5]);
    expect(timesOf("0 30 2 * * mon-fri")).toEqual(five);
    expect(timesOf("0 30 2 ? * MON-Fri *")).toEqual(five);
    expect(timesOf("0 30 2 * * * 2027,2029").year.values).toEqual([2027, 2029]);
    expect(timesOf("  30\t2 * *  mon-fri ")).toEqual(five);
  });

  test.each([
    ["*/15", [0, 15, 30, 45]],
    ["5/20", [5, 25, 45]],
    ["20-35/15", [20, 35]],
    ["7,3,3-5", [3, 4, 5, 7]],
    ["*/90", [0]],
    ["007", [7]],
  ])("minutes %s", (minutes, values) => {
    expect(timesOf(`${minutes} * * * *`).minute.values).toEqual(values);
  });

  test.each([
    ["@yearly", "0 0 1 1 *"],
    ["@annually", "0 0 1 1 *"],
    ["@monthly", "0 0 1 * *"],
    ["@weekly", "0 0 * * 0"],
    ["@daily", "0 0 * * *"],
    ["@midnight", "0 0 * * *"],
    ["@hourly", "0 * * * *"],
  ])("%s is %s", (word, expression) => {
    expect(timesOf(word)).toEqual(timesOf(expression));
  });

  test.each([
    ["@every 1m", 1],
    ["@every 90m", 90],
    ["@every 1h30m", 90],
    ["@every 1.5h", 90],
    ["@every .5h", 30],
    ["@every 60000ms", 1],
    ["@every 60s500ms", 1],
    ["@every 60000000000ns", 1],
    ["@every 24h", 1440],
  ])("%s is every %i minutes", (text, minutes) => {
    expect(parseCron(text)).toEqual({ cron: { kind: "rate", minutes }, problems: [] });
  });
});

describe("what is wrong stands at its place, with the remedy", () => {
  test.each([
    ["", [": 0 fields"]],
    ["* * * *", ["* * * *: 4 fields"]],
    ["1 2 3 4 5 6 7 8", ["1 2 3 4 5 6 7 8: 8 fields"]],
    ["60 * * * *", ["60: minute is above 59; Write a value of 0 to 59."]],
    ["0 24 * * *", ["24: hour is above 23; Write a value of 0 to 23."]],
    ["0 0 0 * *", ["0: day of the month is below 1; Write a value of 1 to 31."]],
    ["0 0 * 13 *", ["13: month is above 12; Write a value of 1 to 12 or jan to dec."]],
    ["0 0 * * 7", ['7: day of the week is above 6; Sunday is 0, or "sun". => 0']],
    ["0 0 * * 8", ["8: day of the week is above 6; Write a value of 0 to 6 or sun to sat."]],
    [
      "0 0 * * fri-mon",
      ['fri-mon: day of the week ends before it begins; To go over the end, write "5-6,0-1". => 5-6,0-1'],
    ],
    ["0 0 * * sat-sun/1", ['sat-sun: day of the week ends before it begins; To go over the end, write "6,0".']],
    ["0 0 * monday *", ["monday: month is no value; Write a value of 1 to 12 or jan to dec."]],
    ["0 0 * * monday", ['monday: day of the week is no value; Write "mon".']],
    ["0 0 L * *", ["L: day of the month is no value; L, W and # are not part of cron here; name the days themselves."]],
    [
      "0 0 * * fri#2",
      ["fri#2: day of the week is no value; L, W and # are not part of cron here; name the days themselves."],
    ],
    ["5 j * * *", ["j: hour is no value; Write a value of 0 to 23."]],
    ["0 0 * * *,", [": day of the week is empty; Write a value of 0 to 6 or sun to sat."]],
    ["5- * * * *", [": minute is empty; Write a value of 0 to 59."]],
    ["-5 * * * *", ["-5: minute is negative; Write a value of 0 to 59."]],
    ["5--5 * * * *", ['5--5: minute has more than one hyphen; Write one range: "0-59".']],
    ["*/5/5 * * * *", ['*/5/5: minute has more than one slash; Write one step: "*/5" or "10-40/5".']],
    ["*/0 * * * *", ["0: minute is no step; A step is a whole number, at least 1."]],
    ["*/x * * * *", ["x: minute is no step; A step is a whole number, at least 1."]],
    ["*-5 * * * *", ['*-5: minute is no range; Write "*", or a range of two values.']],
    [
      "0 0 * * * 9 x",
      [
        "9: day of the week is above 6; Write a value of 0 to 6 or sun to sat.",
        "x: year is no value; Write a value of 1970 to 2199.",
      ],
    ],
    [
      "61 25 32 13 9",
      [
        "61: minute is above 59; Write a value of 0 to 59.",
        "25: hour is above 23; Write a value of 0 to 23.",
        "32: day of the month is above 31; Write a value of 1 to 31.",
        "13: month is above 12; Write a value of 1 to 12 or jan to dec.",
        "9: day of the week is above 6; Write a value of 0 to 6 or sun to sat.",
      ],
    ],
    ["30 0 2 * * *", ["30: seconds"]],
    ["* 0 2 * * *", ["*: seconds"]],
    ["60 0 2 * * *", ["60: second is above 59; Write a value of 0 to 59."]],
    ["@nightly", ["@nightly: descriptor"]],
    ["@daily now", ["@daily now: descriptor"]],
    ["@every", [": duration"]],
    ["@every 1h 30m", ["1h 30m: duration"]],
    ["@every day", ["day: duration"]],
    ["@every 1d", ["1d: duration"]],
    ["@every -5m", ["-5m: duration"]],
    ["@every 99999999h", ["99999999h: duration"]],
    ["@every 30s", ["30s: nearest 1m"]],
    ["@every 0s", ["0s: nearest 1m"]],
    ["@every 100ms", ["100ms: nearest 1m"]],
    ["@every 90s", ["90s: nearest 2m"]],
    ["@every 59m40s", ["59m40s: nearest 1h"]],
    ["@every 1h30m20s", ["1h30m20s: nearest 1h30m"]],
    ["CRON_TZ=Asia/Shanghai 0 2 * * *", ["CRON_TZ=Asia/Shanghai: zone Asia/Shanghai"]],
    ["TZ=UTC 0 2 * * *", ["TZ=UTC: zone UTC"]],
    ["0 0 30 2 *", ["0 0 30 2 *: no day 30 of feb"]],
    ["0 0 31 4,6 *", ["0 0 31 4,6 *: no day 31 of apr, jun"]],
    ["0 0 0 29 feb * 2027", ["0 0 0 29 feb * 2027: no day 29 of feb"]],
    ["0 0 0 29 feb * 2100", ["0 0 0 29 feb * 2100: no day 29 of feb"]],
  ])("%s", (text, problems) => {
    expect(wrong(text)).toEqual(problems);
  });

  test.each(["0 0 29 2 *", "0 0 0 29 feb * 2000", "0 0 30 2 mon", "0 0 */30 * mon"])("but %s comes", (text) => {
    expect(parseCron(text).problems).toEqual([]);
  });
});

test("any text is read or refused with a place inside of it", () => {
  const pieces = fc.constantFrom(
    "*",
    "?",
    "1",
    "99",
    "-",
    "/",
    ",",
    "mon",
    "L",
    "@every",
    "@daily",
    " ",
    "5m",
    "x",
    "é",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const text = parts.join("");
      const { cron, problems } = parseCron(text);
      expect(cron !== undefined || problems.length > 0).toBe(true);
      for (const { span } of problems) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.start).toBeLessThanOrEqual(span.end);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});

test("what a list of values is written as is read as these values", () => {
  const { dayOfWeek, hour, minute } = CRON_FIELDS;
  fc.assert(
    fc.property(
      fc.subarray([...everyValue(minute)], { minLength: 1 }),
      fc.subarray([...everyValue(hour)], { minLength: 1 }),
      fc.subarray([...everyValue(dayOfWeek)], { minLength: 1 }),
      (minutes, hours, days) => {
        const cron = timesOf(`${minutes.join(",")} ${hours} * * ${days.map((day) => dayOfWeek.names[day])}`);
        expect([cron.minute.values, cron.hour.values, cron.dayOfWeek.values]).toEqual([minutes, hours, days]);
      },
    ),
  );
});

const CORPUS = fileURLToPath(new URL("../../../../shared/corpus/erda/cron-exprs.tsv", import.meta.url));

/** Erda's own rows, kept here for a machine without the corpus: verdict and expression. */
const SOME_ROWS: readonly (readonly [expression: string, verdict: string])[] = [
  ["*/10 * * * *", "valid"],
  ["0 * * * * ? *", "valid"],
  ["@every 5m", "valid"],
  ["* 5 j * * *", "invalid"],
  ["@unrecognized", "invalid"],
  ["* * * *", "invalid"],
];

test("Erda's parser and this one agree about the expressions of Erda's tests, but for seconds and dead days", () => {
  let rows = SOME_ROWS;
  try {
    rows = readFileSync(CORPUS, "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split("\t"))
      // `cron.Parse` takes five fields for six without the last; pipelines are read by the other one.
      .filter(
        ([text = "", parser = ""]) =>
          parser.startsWith("pipelineyml") ||
          parser === "cron.ParseStandard" ||
          (parser === "cron.Parse" && text.split(" ").length !== 5),
      )
      .map(([expression = "", , verdict = ""]) => [expression, verdict] as const);
  } catch {
    process.stdout.write("Erda's cron expressions are not here (../shared/corpus/erda): a few rows stand for them.\n");
  }
  for (const [expression, verdict] of rows) {
    const { problems } = parseCron(expression);
    const ours = problems.filter(({ kind }) => kind !== "seconds" && kind !== "never");
    expect(ours.length === 0 ? "valid" : "invalid", expression).toBe(verdict);
  }
});
