import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publishRunStatus } from "../../../functions/events/publish-event.ts";
import { eventsSchema } from "../../../functions/events/schema.ts";
import { EVENT_SOURCE, stopRun, submitRun } from "../../../functions/index.ts";
import { changeRun } from "../../../functions/records/run.ts";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

const FILE = fileURLToPath(new URL("../../../schema/events.json", import.meta.url));

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

test("schema/events.json is made of what the functions publish by", async () => {
  await expect(`${JSON.stringify(eventsSchema(), null, 2)}\n`).toMatchFileSnapshot(FILE);
});

const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  allErrors: true,
  formats: { "date-time": (text: string) => !Number.isNaN(Date.parse(text)) },
});
// Equal to the file, or the test above fails.
const validate = ajv.compile(eventsSchema());

const envelope = ({ detail, detailType }: { detail: object; detailType: string }) => ({
  version: "0",
  id: "event-1",
  time: "2026-01-15T12:00:00Z",
  region: "eu-central-1",
  source: EVENT_SOURCE,
  "detail-type": detailType,
  detail,
});

describe("what is published", () => {
  test("is what the schema says, for runs and for actions", async () => {
    const shop = await Shop.open(database, plan([action("deploy", 0)]));
    const { runId } = await submitRun(shop.runtime, { pipeline: "shop" });
    await shop.enter("deploy", "token");
    const error = { name: "Sluice.RunFailed", cause: "deploy failed" };
    const times = { startedAt: "2026-01-15T12:00:00.000Z", endedAt: "2026-01-15T12:01:00.000Z" };
    const ended = await changeRun(shop.runtime, runId, { set: { status: "failed", error, ...times } });
    if (ended === undefined) throw new Error("There is no run.");
    await publishRunStatus(shop.runtime, ended);
    await stopRun(shop.runtime, runId, "enough");
    const types = new Set(shop.bus.events.map(({ detailType }) => detailType));
    expect(types).toEqual(new Set(["Sluice Run Status Change", "Sluice Action Status Change"]));
    for (const event of shop.bus.events) {
      validate(envelope(event));
      expect(ajv.errorsText(validate.errors), JSON.stringify(event)).toBe("No errors");
    }
    expect(shop.bus.events.at(-1)?.detail).toMatchObject({ version: 1, status: "failed", error, ...times });
  });

  test("may get new keys, and loses none", () => {
    const detail = {
      version: 1,
      runId: "20260115-120000-abcdef",
      pipeline: "shop",
      name: "shop",
      status: "queued",
      createdAt: "2026-01-15T12:00:00.000Z",
      time: "2026-01-15T12:00:00.000Z",
    };
    const event = envelope({ detail, detailType: "Sluice Run Status Change" });
    expect(validate({ ...event, detail: { ...detail, weather: "fine" } })).toBe(true);
    for (const key of Object.keys(detail)) {
      const { [key]: _left, ...rest } = detail as Record<string, unknown>;
      expect(validate({ ...event, detail: rest }), key).toBe(false);
    }
    expect(validate({ ...event, detail: { ...detail, status: "broken" } })).toBe(false);
    expect(validate({ ...event, "detail-type": "Sluice Action Status Change" })).toBe(false);
  });
});
