import type { Context } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlanSchedule } from "../../../compiler/index.ts";
import { createStartScheduledRun, submitRun } from "../../../functions/index.ts";
import { changeRun } from "../../../functions/records/run.ts";
import { queryTicks } from "../../../functions/records/tick.ts";
import { scheduledTickInput } from "../../../functions/start-scheduled-run/contract.ts";
import { tickRunOf } from "../../../functions/start-scheduled-run/tick-run.ts";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const EVERY_MINUTE: PlanSchedule = {
  cron: "* * * * *",
  expressions: ["cron(* * * * ? *)"],
  timezone: "UTC",
  overlap: "forbid",
};

async function open(schedule: Partial<PlanSchedule> = {}) {
  const shop = await Shop.open(database, plan([action("deploy", 0)], { schedule: { ...EVERY_MINUTE, ...schedule } }));
  const tick = (scheduledTime: string) =>
    createStartScheduledRun(shop.runtime)({ pipeline: "shop", scheduledTime }, {} as Context);
  return { shop, tick, ticks: async () => (await queryTicks(shop.runtime, "shop", 20)).toReversed() };
}

const NOON = "2026-01-15T12:00:00Z";
const NOON_RUN = tickRunOf("shop", Date.parse(NOON)).runId;

describe("a time of a cron", () => {
  test("starts a run that is named by pipeline and time, and says so in its trigger", async () => {
    const { shop, tick, ticks } = await open();
    expect(await tick(NOON)).toEqual({ tick: "started", runId: NOON_RUN });
    expect(NOON_RUN).toMatch(/^20260115-120000-[a-z2-7]{10}$/);
    expect(shop.states.started).toMatchObject([{ name: NOON_RUN }]);
    expect(JSON.parse(shop.states.started[0]?.input ?? "")).toMatchObject({
      plan: "plan-1",
      trigger: { kind: "cron", cron: "* * * * *", scheduledTime: "2026-01-15T12:00:00.000Z" },
    });
    expect(await ticks()).toEqual([
      {
        scheduledTime: "2026-01-15T12:00:00.000Z",
        decidedAt: "2026-01-15T12:00:00.000Z",
        outcome: "started",
        runId: NOON_RUN,
      },
    ]);
  });

  test.each(["forbid", "replace", "allow"] as const)(
    "that is delivered twice, or by two schedules, starts one run (%s)",
    async (overlap) => {
      const { shop, tick, ticks } = await open({ overlap });
      const both = await Promise.all([tick(NOON), tick(NOON)]);
      expect([...both, await tick(NOON)]).toEqual(Array(3).fill({ tick: "started", runId: NOON_RUN }));
      expect(new Set(shop.states.started.map(({ name }) => name))).toEqual(new Set([NOON_RUN]));
      expect(shop.states.stopped).toEqual([]);
      expect(await ticks()).toHaveLength(1);
    },
  );

  test("that got no further than the record is completed by the next delivery, also with a newer plan", async () => {
    const { shop, tick } = await open();
    shop.states.faults.set("StartExecution", ["ServiceUnavailable"]);
    await expect(tick(NOON)).rejects.toThrow("ServiceUnavailable");
    shop.publish(plan([action("deploy", 0)], { schedule: EVERY_MINUTE, name: "newer" }), "plan-2");
    expect(await tick(NOON)).toEqual({ tick: "started", runId: NOON_RUN });
    expect(JSON.parse(shop.states.started.at(-1)?.input ?? "")).toMatchObject({ plan: "plan-1" });
  });

  test("starts nothing where the current plan has no cron any more, or there is no pipeline", async () => {
    const { shop, tick, ticks } = await open();
    shop.publish(plan([action("deploy", 0)]), "plan-2");
    expect(await tick(NOON)).toEqual({ tick: "skipped", reason: 'The pipeline has no "cron" any more.' });
    expect(await ticks()).toMatchObject([{ outcome: "skipped" }]);
    const nobody = createStartScheduledRun(shop.runtime)({ pipeline: "nobody", scheduledTime: NOON }, {} as Context);
    expect(await nobody).toMatchObject({ tick: "skipped" });
    expect(shop.states.started).toEqual([]);
  });

  test("starts nothing where a run needs a param", async () => {
    const { shop } = await open();
    const params = [{ name: "target", type: "string", required: true, default: undefined }] as const;
    shop.publish(plan([action("deploy", 0)], { schedule: EVERY_MINUTE, params }), "plan-2");
    const result = await createStartScheduledRun(shop.runtime)(
      { pipeline: "shop", scheduledTime: NOON },
      {} as Context,
    );
    expect(result).toMatchObject({ tick: "skipped", reason: expect.stringContaining("target") });
    expect(shop.logs).toMatchObject([{ pipeline: "shop", skipped: expect.stringContaining("target") }]);
  });

  test("that was left out stays left out, however often it is delivered", async () => {
    const { shop, tick } = await open();
    await tick(NOON);
    const reason = `Run "${NOON_RUN}" is under way, and "cron_overlap" is "forbid".`;
    expect(await tick("2026-01-15T12:01:00Z")).toEqual({ tick: "skipped", reason });
    await changeRun(shop.runtime, NOON_RUN, { set: { status: "succeeded" } });
    expect(await tick("2026-01-15T12:01:00Z")).toEqual({ tick: "skipped", reason });
    expect(await tick("2026-01-15T12:02:00Z")).toMatchObject({ tick: "started" });
  });

  test("an event of another shape is refused", async () => {
    const { shop } = await open();
    const handler = createStartScheduledRun(shop.runtime);
    await expect(handler({ pipeline: "shop" }, {} as Context)).rejects.toThrow("scheduledTime");
    expect(scheduledTickInput("shop")).toBe('{"pipeline":"shop","scheduledTime":"<aws.scheduler.scheduled-time>"}');
  });
});

describe("a run that is under way", () => {
  test("of somebody else counts as well", async () => {
    const { shop, tick } = await open();
    const { runId } = await submitRun(shop.runtime, { pipeline: "shop" });
    expect(await tick(NOON)).toMatchObject({ tick: "skipped", reason: expect.stringContaining(runId) });
  });

  test("of another pipeline does not", async () => {
    const { shop, tick } = await open();
    shop.publish(plan([action("deploy", 0)], { pipeline: "docs" }), "plan-3");
    await submitRun(shop.runtime, { pipeline: "docs" });
    expect(await tick(NOON)).toMatchObject({ tick: "started" });
  });

  test("is replaced", async () => {
    const { shop, tick } = await open({ overlap: "replace" });
    await tick(NOON);
    expect(await tick("2026-01-15T12:01:00Z")).toMatchObject({ tick: "started" });
    expect(shop.states.stopped).toEqual([shop.execution.replace(shop.runId, NOON_RUN)]);
  });

  test("is replaced also where its execution never began; any other fault is told and tried again", async () => {
    const { shop, tick } = await open({ overlap: "replace" });
    await tick(NOON);
    shop.states.faults.set("StopExecution", ["ServiceUnavailable", "ExecutionDoesNotExist"]);
    await expect(tick("2026-01-15T12:01:00Z")).rejects.toThrow("ServiceUnavailable");
    expect(await tick("2026-01-15T12:01:00Z")).toMatchObject({ tick: "started" });
  });

  test("is left alone where overlaps are allowed", async () => {
    const { shop, tick } = await open({ overlap: "allow" });
    await tick(NOON);
    expect(await tick("2026-01-15T12:01:00Z")).toMatchObject({ tick: "started" });
    expect(shop.states.stopped).toEqual([]);
    expect(shop.states.started).toHaveLength(2);
  });
});

test("days of the week are those of the time zone", async () => {
  // Thursday 23:30 in UTC is Friday morning in Shanghai.
  const friday = { onlyDaysOfWeek: [5] };
  expect(await (await open(friday)).tick("2026-01-15T23:30:00Z")).toEqual({ tick: "other-day" });
  const shanghai = await open({ ...friday, timezone: "Asia/Shanghai" });
  expect(await shanghai.tick("2026-01-15T23:30:00Z")).toMatchObject({ tick: "started" });
});

test("times of different pipelines, and different times, are different runs", () => {
  const at = Date.parse(NOON);
  const ids = [tickRunOf("shop", at), tickRunOf("docs", at), tickRunOf("shop", at + 60_000)].map(({ runId }) => runId);
  expect(new Set(ids).size).toBe(3);
});
