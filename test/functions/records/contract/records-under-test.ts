import { expect } from "vitest";
import { absent } from "../../../../functions/records/condition.ts";
import type { ItemKey } from "../../../../functions/records/keys.ts";
import type { RunRecord } from "../../../../functions/records/run.ts";
import { type Item, putItem } from "../../../../functions/records/table.ts";
import type { Shop } from "../../support/shop.ts";

/** A table, and what the parts of the contract put into it. */
export interface RecordsUnderTest {
  readonly runtime: Shop["runtime"];
  /** A key that no other test has. */
  newKey(): ItemKey;
  /** Stores an item under a new key, and answers that. */
  stored(item: Item): Promise<ItemKey>;
}

/** The records of an installation that is there when the first of them is used. */
export function recordsOf(shop: () => Shop): RecordsUnderTest {
  let items = 0;
  const records: RecordsUnderTest = {
    get runtime() {
      return shop().runtime;
    },
    newKey: () => ({ pk: `run#records-${++items}`, sk: "action#build" }),
    async stored(item) {
      const key = records.newKey();
      expect(await putItem(records.runtime, { ...key, ...item }, absent("pk"))).toBe(true);
      return key;
    },
  };
  return records;
}

/** A run that has just been submitted. */
export function run(runId: string, rest: Partial<RunRecord> = {}): RunRecord {
  return {
    runId,
    pipeline: "shop",
    name: "Shop release",
    planHash: "plan-1",
    status: "queued",
    executionArn: `arn:aws:states:eu-central-1:123456789012:execution:shop:${runId}`,
    redrive: 0,
    params: { channel: "beta", count: 3, dry: true },
    envs: {},
    seed: "seed",
    createdAt: "2026-01-15T12:00:00.000Z",
    ...rest,
  };
}
