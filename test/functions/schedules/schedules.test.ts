import type { UpdateScheduleCommand } from "@aws-sdk/client-scheduler";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Compilation, PlanSchedule } from "../../../compiler/index.ts";
import {
  NoScheduleError,
  publishPlan,
  type Runtime,
  readSchedule,
  startSchedule,
  stopSchedule,
} from "../../../functions/index.ts";
import { createTick } from "../../../functions/records/tick.ts";
import { scheduleNames } from "../../../functions/schedules/contract.ts";
import { schedulePlaceFrom } from "../../../functions/schedules/place-from-environment.ts";
import { putSchedules, removeSchedules, scheduleStore } from "../../../functions/schedules/put-schedules.ts";
import { action, plan } from "../support/plans.ts";
import { FakeScheduler, SCHEDULE_PLACE } from "../support/scheduler.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const DAILY: PlanSchedule = {
  cron: "0 2 * * *",
  expressions: ["cron(0 2 * * ? *)"],
  timezone: "Europe/Berlin",
  overlap: "forbid",
};
const EITHER: PlanSchedule = { ...DAILY, expressions: ["cron(0 2 13 * ? *)", "cron(0 2 ? * 6 *)"] };

async function open() {
  const scheduler = new FakeScheduler(() => Date.UTC(2026, 0, 15));
  await scheduler.createGroup();
  const store = { scheduler: scheduler.client, place: SCHEDULE_PLACE };
  const put = (schedule: PlanSchedule | undefined, isEnabled?: boolean) =>
    putSchedules(store, "shop", schedule, isEnabled);
  const found = () => Promise.all(scheduleNames("shop").map((name) => scheduler.describe(name)));
  return { scheduler, store, put, found };
}

describe("the schedules of a pipeline", () => {
  test("are made, changed, and taken away as its plan says", async () => {
    const { found, put, store } = await open();
    expect(await put(DAILY)).toBe(true);
    expect(await found()).toEqual(["cron(0 2 * * ? *) Europe/Berlin ENABLED", undefined]);
    await put(EITHER);
    expect(await found()).toEqual([
      "cron(0 2 13 * ? *) Europe/Berlin ENABLED",
      "cron(0 2 ? * 6 *) Europe/Berlin ENABLED",
    ]);
    await put({ ...DAILY, timezone: "UTC" });
    expect(await found()).toEqual(["cron(0 2 * * ? *) UTC ENABLED", undefined]);
    await put(undefined);
    await removeSchedules(store, "shop");
    expect(await found()).toEqual([undefined, undefined]);
  });

  test("are not touched by the same plan again: a rate would count anew", async () => {
    const { put, scheduler } = await open();
    await put(EITHER);
    expect(scheduler.writes).toEqual(["POST /schedules/shop-1", "POST /schedules/shop-2"]);
    await put(EITHER);
    expect(scheduler.writes).toHaveLength(2);
  });

  test("stay stopped through deployments, until somebody starts them", async () => {
    const { found, put } = await open();
    await put(DAILY);
    expect(await put(DAILY, false)).toBe(false);
    expect(await put(EITHER)).toBe(false);
    expect((await found()).map((text) => text?.split(" ").at(-1))).toEqual(["DISABLED", "DISABLED"]);
    expect(await put(EITHER, true)).toBe(true);
    expect((await found()).map((text) => text?.split(" ").at(-1))).toEqual(["ENABLED", "ENABLED"]);
  });

  test("that somebody else has made meanwhile are taken over", async () => {
    const { found, put, scheduler, store } = await open();
    const racing = {
      ...store,
      scheduler: {
        send: (command: unknown) =>
          isGet(command) ? notFound() : scheduler.client.send(command as UpdateScheduleCommand),
      },
    } as unknown as typeof store;
    await put(DAILY);
    await putSchedules(racing, "shop", { ...DAILY, timezone: "UTC" });
    expect(await found()).toEqual(["cron(0 2 * * ? *) UTC ENABLED", undefined]);
  });

  test("any other fault of EventBridge Scheduler is told", async () => {
    const { store } = await open();
    const elsewhere = { ...store, place: { ...SCHEDULE_PLACE, group: "no group" } };
    await expect(putSchedules(elsewhere, "shop", DAILY)).rejects.toThrow();
  });
});

const isGet = (command: unknown) => (command as object).constructor.name === "GetScheduleCommand";
const notFound = () => Promise.reject(Object.assign(new Error("none"), { name: "ResourceNotFoundException" }));

describe("start and stop", () => {
  async function openShop(schedule: PlanSchedule | undefined) {
    const shop = await Shop.open(database, plan([action("deploy", 0)]));
    await shop.scheduler.createGroup();
    const environment = { ...shop.runtime.environment, schedules: SCHEDULE_PLACE };
    const runtime: Runtime = { ...shop.runtime, environment };
    const scheduled = plan([action("deploy", 0)], schedule && { schedule });
    const compilation = { plan: scheduled, planHash: "plan-9", machine: { name: "shop-abc" } } as Compilation;
    await publishPlan(runtime, compilation);
    return { shop, runtime };
  }

  test("show the schedule, and what became of its latest times", async () => {
    const { runtime, shop } = await openShop(DAILY);
    const tick = { scheduledTime: "2026-01-15T01:00:00.000Z", decidedAt: "2026-01-15T01:00:01.000Z" };
    await createTick(runtime, "shop", { ...tick, outcome: "skipped", reason: "busy" });
    expect(await readSchedule(runtime, "shop")).toEqual({
      pipeline: "shop",
      ...DAILY,
      enabled: true,
      ticks: [{ ...tick, outcome: "skipped", reason: "busy" }],
    });
    expect((await stopSchedule(runtime, "shop")).enabled).toBe(false);
    expect((await readSchedule(runtime, "shop")).enabled).toBe(false);
    expect((await startSchedule(runtime, "shop")).enabled).toBe(true);
    expect(await shop.scheduler.describe("shop-1")).toContain("ENABLED");
  });

  test("make a schedule that somebody has deleted", async () => {
    const { runtime } = await openShop(DAILY);
    await removeSchedules(scheduleStore(runtime), "shop");
    expect((await readSchedule(runtime, "shop")).enabled).toBe(false);
    expect((await startSchedule(runtime, "shop")).enabled).toBe(true);
    expect((await readSchedule(runtime, "shop")).enabled).toBe(true);
  });

  test("refuse a pipeline that is not there, or has no cron", async () => {
    const { runtime, shop } = await openShop(undefined);
    await expect(readSchedule(runtime, "nobody")).rejects.toThrow(NoScheduleError);
    await expect(startSchedule(runtime, "shop")).rejects.toThrow('The pipeline "shop" has no "cron".');
    await expect(async () => scheduleStore(shop.runtime)).rejects.toThrow("starts no runs by itself");
  });
});

test("the place stands in the environment, whole or not at all", () => {
  const whole = {
    SLUICE_SCHEDULE_GROUP: "sluice",
    SLUICE_SCHEDULE_ROLE: "role",
    SLUICE_SCHEDULE_TARGET: "target",
    SLUICE_SCHEDULE_DEAD_LETTERS: "letters",
  };
  expect(schedulePlaceFrom(whole)).toEqual({
    group: "sluice",
    roleArn: "role",
    targetArn: "target",
    deadLetterArn: "letters",
  });
  expect(schedulePlaceFrom({})).toBeUndefined();
  expect(() => schedulePlaceFrom({ ...whole, SLUICE_SCHEDULE_ROLE: "" })).toThrow("SLUICE_SCHEDULE_ROLE is not set");
});
