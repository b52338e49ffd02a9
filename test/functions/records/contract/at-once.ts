import { describe, expect, test } from "vitest";
import { equals, present } from "../../../../functions/records/condition.ts";
import { createRunRecord, type RunRecord, readRunRecord } from "../../../../functions/records/run.ts";
import { getItem, updateItem } from "../../../../functions/records/table.ts";
import { type RecordsUnderTest, run } from "./records-under-test.ts";

/** Enough callers at once that a lost update shows. */
const CALLERS = 16;

/** Of any number of callers exactly one wins, and nothing is lost. */
export function describeAtOnce(records: RecordsUnderTest): void {
  describe("at once", () => {
    const callers = Array.from({ length: CALLERS }, (_, index) => index);

    test("one of those who make a run makes it, and all read the same", async () => {
      const runs = callers.map((caller): RunRecord => run("raced", { planHash: `plan-${caller}` }));
      const made = await Promise.all(runs.map((record) => createRunRecord(records.runtime, record, 0)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await readRunRecord(records.runtime, "raced")).toEqual(runs[made.indexOf(true)]);
    });

    test("one of those who change a status from what they saw does", async () => {
      const key = await records.stored({ status: "queued" });
      const changed = await Promise.all(
        callers.map((caller) =>
          updateItem(records.runtime, key, { set: { status: `taken by ${caller}` } }, equals("status", "queued")),
        ),
      );
      const winners = changed.filter((item) => item !== undefined);
      expect(winners).toHaveLength(1);
      expect(await getItem(records.runtime, key)).toEqual(winners[0]);
    });

    test("one of those who set something once sets it", async () => {
      const key = await records.stored({ status: "queued" });
      const seen = await Promise.all(
        callers.map((caller) =>
          updateItem(records.runtime, key, { setOnce: { startedAt: String(caller) } }, present("pk")),
        ),
      );
      expect(new Set(seen.map((item) => item?.["startedAt"])).size).toBe(1);
    });

    test("nothing is lost of what they add to a set", async () => {
      const key = await records.stored({ status: "queued" });
      await Promise.all(
        callers.map((caller) =>
          updateItem(records.runtime, key, { add: { tokens: new Set([`token-${caller}`]) } }, present("pk")),
        ),
      );
      const item = await getItem(records.runtime, key);
      expect(item?.["tokens"]).toEqual(new Set(callers.map((caller) => `token-${caller}`)));
    });

    test("a counter that is compared and set counts each of them", async () => {
      const key = await records.stored({ count: 0 });
      const increment = async (): Promise<void> => {
        const count = Number((await getItem(records.runtime, key))?.["count"]);
        const done = await updateItem(records.runtime, key, { set: { count: count + 1 } }, equals("count", count));
        if (done === undefined) await increment();
      };
      // Each of them tries as often as another was faster.
      await Promise.all(callers.slice(0, 5).map(increment));
      expect(await getItem(records.runtime, key)).toEqual({ ...key, count: 5 });
    });
  });
}
