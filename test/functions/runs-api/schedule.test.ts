import { afterAll, beforeAll, expect, test } from "vitest";
import { createTick } from "../../../functions/records/tick.ts";
import { SHOP_PLAN, ShopApi } from "../support/runs-api.ts";
import { SCHEDULE_PLACE } from "../support/scheduler.ts";
import { type Database, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const SCHEDULE = {
  cron: "0 2 * * *",
  expressions: ["cron(0 2 * * ? *)"],
  timezone: "Europe/Berlin",
  overlap: "forbid",
} as const;

test("the schedule of a pipeline is shown, stopped and started", async () => {
  const api = await ShopApi.open(database);
  Object.assign(api.runtime.environment, { schedules: SCHEDULE_PLACE });
  await api.shop.scheduler.createGroup();
  api.shop.publish({ ...SHOP_PLAN, name: "Nightly", schedule: SCHEDULE }, "plan-2");
  const tick = { scheduledTime: "2026-01-15T01:00:00.000Z", decidedAt: "2026-01-15T01:00:02.000Z" };
  await createTick(api.runtime, "shop", { ...tick, outcome: "skipped", reason: "busy" });
  await createTick(api.runtime, "shop", {
    ...tick,
    scheduledTime: "2026-01-16T01:00:00.000Z",
    outcome: "started",
    runId: "r",
  });

  const path = "/pipelines/shop/schedule";
  expect((await api.call("PUT", path, { body: { enabled: true } })).body).toMatchObject({ enabled: true });
  expect(await api.shop.scheduler.describe("shop-1")).toBe("cron(0 2 * * ? *) Europe/Berlin ENABLED");
  expect((await api.call("GET", path)).body).toEqual({
    pipeline: "shop",
    ...SCHEDULE,
    enabled: true,
    ticks: [
      { ...tick, scheduledTime: "2026-01-16T01:00:00.000Z", outcome: "started", runId: "r" },
      { ...tick, outcome: "skipped", reason: "busy" },
    ],
  });
  expect((await api.call("PUT", path, { body: { enabled: false } })).body).toMatchObject({ enabled: false });
  expect((await api.call("GET", path)).body).toMatchObject({ enabled: false });
});

test("a pipeline without cron has none, and what is no switch is refused", async () => {
  const api = await ShopApi.open(database);
  Object.assign(api.runtime.environment, { schedules: SCHEDULE_PLACE });
  const none = await api.call("GET", "/pipelines/shop/schedule");
  expect([none.status, none.body.detail]).toEqual([404, 'The pipeline "shop" has no "cron".']);
  const unknown = await api.call("PUT", "/pipelines/nobody/schedule", { body: { enabled: true } });
  expect([unknown.status, unknown.body.detail]).toEqual([404, 'There is no pipeline "nobody".']);
  const wrong = await api.call("PUT", "/pipelines/shop/schedule", { body: { enabled: "yes" } });
  expect(wrong.status).toBe(400);
});
