import { Cron } from "croner";
import { beforeAll, describe, expect, test } from "vitest";
import type { CronTimes } from "../../../compiler/cron/cron.ts";
import { parseCron } from "../../../compiler/cron/parse-cron.ts";
import type { PlanSchedule } from "../../../compiler/index.ts";
import { planSchedule } from "../../../compiler/plan/plan-schedule.ts";
import { isDayOf } from "../../../functions/start-scheduled-run/start-scheduled-run.ts";
import { createScheduler } from "../../../local/schedules/scheduler.ts";
import { CRON_EXPRESSIONS, type ZonedCron } from "./cron-expressions.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/**
 * Acceptance: what a `cron` becomes (one or two expressions of EventBridge Scheduler, and days that count) comes at the
 * instants that an independent library computes from the `cron` itself, over five years, and none of them starts two runs.
 */
const START = Date.UTC(2026, 0, 1);
const END = Date.UTC(2031, 0, 1);

function planOf({ cron, timezone }: ZonedCron): PlanSchedule {
  const { cron: value } = parseCron(cron);
  if (value === undefined) throw new Error(`"${cron}" is wrong.`);
  return planSchedule({ cron: { value, span: { start: 0, end: 0 } }, text: cron, timezone, overlap: "allow" });
}

/** Instants at which the schedules of all expressions come, as `start-scheduled-run` is called. */
async function fire(all: readonly ZonedCron[]): Promise<readonly (readonly number[])[]> {
  const clock = createVirtualClock(START);
  const calls: number[][] = all.map(() => []);
  const scheduler = createScheduler({
    clock,
    region: "us-east-1",
    accountId: "000000000000",
    randomId: () => "execution",
    invoke: (_arn, payload) => {
      const { index, time } = JSON.parse(payload) as { index: number; time: string };
      calls[index]?.push(Date.parse(time));
    },
    onFailure: (_arn, error) => {
      throw error;
    },
  });
  for (const [index, zoned] of all.entries()) {
    for (const [place, expression] of planOf(zoned).expressions.entries()) {
      await scheduler.operations["CreateSchedule"]?.({
        Name: `shop-${index}-${place}`,
        ScheduleExpression: expression,
        ScheduleExpressionTimezone: zoned.timezone,
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: {
          Arn: "arn:aws:lambda:us-east-1:000000000000:function:sluice-start-scheduled-run",
          RoleArn: "arn:aws:iam::000000000000:role/sluice",
          Input: `{"index": ${index}, "time": "<aws.scheduler.scheduled-time>"}`,
        },
      });
    }
  }
  clock.runUntil(END);
  scheduler.stop();
  return calls;
}

const WALL_FORMATS = new Map<string, Intl.DateTimeFormat>();

function wallOf(timezone: string, instant: number): string {
  const format =
    WALL_FORMATS.get(timezone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  WALL_FORMATS.set(timezone, format);
  return format.format(instant);
}

/** The library's instants, but where it treats the change of clocks otherwise than AWS says that it does. */
function expected({ cron, timezone }: ZonedCron): readonly number[] {
  const { dayOfMonth, dayOfWeek } = parseCron(cron).cron as CronTimes;
  const library = new Cron(cron.startsWith("@mid") ? "@daily" : cron, {
    timezone,
    paused: true,
    sloppyRanges: true,
    // Vixie cron's rule, told: a star in either of the days makes both count.
    domAndDow: dayOfMonth.isStar || dayOfWeek.isStar,
  });
  const instants: number[] = [];
  const walls = new Set<string>();
  for (let at = library.nextRun(new Date(START)); at !== null && at.getTime() < END; at = library.nextRun(at)) {
    // The library comes after the gap instead of leaving a time out, and comes again where the clock shows a time again.
    const wall = wallOf(timezone, at.getTime());
    if (walls.has(wall) || !library.match(at)) continue;
    walls.add(wall);
    instants.push(at.getTime());
  }
  return instants;
}

describe("200 expressions over five years, against an independent library", () => {
  let calls: readonly (readonly number[])[] = [];
  let total = 0;
  beforeAll(async () => {
    calls = await fire(CRON_EXPRESSIONS);
  }, 120_000);

  test("are 200 different ones", () => {
    expect(new Set(CRON_EXPRESSIONS.map(({ cron }) => cron)).size).toBe(200);
  });

  test.each(CRON_EXPRESSIONS.map((zoned, index) => ({ ...zoned, index })))(
    "$cron in $timezone",
    (zoned) => {
      const plan = planOf(zoned);
      const counted = (calls[zoned.index] ?? []).filter((at) => isDayOf(plan, at));
      const distinct = [...new Set(counted)];
      expect(distinct).toEqual(expected(zoned));
      // Each schedule by itself never comes twice; two of them meet only where both of an OR are true.
      const times = new Map<number, number>();
      for (const at of counted) times.set(at, (times.get(at) ?? 0) + 1);
      expect(Math.max(0, ...times.values())).toBeLessThanOrEqual(plan.expressions.length);
      total += distinct.length;
    },
    60_000,
  );

  test("were thousands of instants", () => {
    process.stdout.write(`cron: ${CRON_EXPRESSIONS.length} expressions, ${total} instants\n`);
    expect(total).toBeGreaterThan(50_000);
  });
});
