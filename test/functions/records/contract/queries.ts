import { describe, expect, test } from "vitest";
import { absent, present } from "../../../../functions/records/condition.ts";
import { SORT_KEYS } from "../../../../functions/records/keys.ts";
import { putItem, queryDue, queryItems, updateItem } from "../../../../functions/records/table.ts";
import type { RecordsUnderTest } from "./records-under-test.ts";

/** Order, pages, and the index of what is to be looked at again. */
export function describeQueries(records: RecordsUnderTest): void {
  describe("a query", () => {
    test("answers what the sort key begins with, in its order", async () => {
      const { pk } = records.newKey();
      for (const sk of ["attempt#unit#000010", "attempt#build#000002", "attempt#build#000001", "action#build", "run"]) {
        await putItem(records.runtime, { pk, sk }, absent("pk"));
      }
      const keys = async (prefix: string) => (await queryItems(records.runtime, pk, prefix)).map(({ sk }) => sk);
      expect(await keys(SORT_KEYS.attempt)).toEqual([
        "attempt#build#000001",
        "attempt#build#000002",
        "attempt#unit#000010",
      ]);
      expect(await keys("attempt#b")).toHaveLength(2);
      expect(await keys("")).toEqual([
        "action#build",
        "attempt#build#000001",
        "attempt#build#000002",
        "attempt#unit#000010",
        "run",
      ]);
      expect(await keys("none")).toEqual([]);
    });

    test("reads on over the pages of a megabyte", async () => {
      const { pk } = records.newKey();
      const text = "t".repeat(300_000);
      const names = Array.from({ length: 8 }, (_, index) => `output#build#${index}`);
      await Promise.all(names.map((sk) => putItem(records.runtime, { pk, sk, text }, absent("pk"))));
      const found = await queryItems(records.runtime, pk, SORT_KEYS.output);
      expect(found.map(({ sk }) => sk)).toEqual(names);
      expect(found.every((item) => item["text"] === text)).toBe(true);
    });
  });

  describe("the index of the living", () => {
    test("answers what is due, the most overdue first, as many as asked for", async () => {
      const living = "due-in-order";
      const due = async (now: number, limit: number) =>
        (await queryDue(records.runtime, living, now, limit)).map(({ pk }) => pk);
      const at = async (checkAt: number) => (await records.stored({ living, checkAt })).pk;
      const [third, first, second] = [await at(30), await at(10), await at(20)];
      await records.stored({ living: "another-kind", checkAt: 1 });
      expect(await due(30, 10)).toEqual([first, second, third]);
      expect(await due(29, 10)).toEqual([first, second]);
      expect(await due(30, 1)).toEqual([first]);
      expect(await due(9, 10)).toEqual([]);
    });

    test("follows the item, and loses it with its attributes", async () => {
      const living = "due-and-gone";
      const key = await records.stored({ living, checkAt: 10 });
      await updateItem(records.runtime, key, { set: { checkAt: 50 } }, present("pk"));
      expect(await queryDue(records.runtime, living, 49, 10)).toEqual([]);
      expect(await queryDue(records.runtime, living, 50, 10)).toEqual([key]);
      await updateItem(records.runtime, key, { remove: ["living", "checkAt"] }, present("pk"));
      expect(await queryDue(records.runtime, living, 99, 10)).toEqual([]);
    });
  });
}
