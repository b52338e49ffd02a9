import { describe, expect, test } from "vitest";
import { absent, present } from "../../../../functions/records/condition.ts";
import { getItem, updateItem } from "../../../../functions/records/table.ts";
import type { RecordsUnderTest } from "./records-under-test.ts";

/** What an update does to an item, and that values come back as they were. */
export function describeChanges(records: RecordsUnderTest): void {
  describe("a change", () => {
    test("sets, sets once, adds to a set and removes, and answers the whole item", async () => {
      const key = await records.stored({
        status: "queued",
        startedAt: "noon",
        tokens: new Set(["a"]),
        living: "run",
        checkAt: 1,
      });
      const changed = await updateItem(
        records.runtime,
        key,
        {
          set: { status: "running", handle: undefined },
          setOnce: { startedAt: "one", endedAt: "two" },
          add: { tokens: new Set(["a", "b"]), nonces: new Set(["n"]) },
          remove: ["living", "checkAt", "neverThere"],
        },
        present("pk"),
      );
      const expected = {
        ...key,
        status: "running",
        startedAt: "noon",
        endedAt: "two",
        tokens: new Set(["a", "b"]),
        nonces: new Set(["n"]),
      };
      expect(changed).toEqual(expected);
      expect(await getItem(records.runtime, key)).toEqual(expected);
    });

    test("the same again changes nothing", async () => {
      const key = await records.stored({ status: "queued" });
      const change = { set: { status: "running" }, setOnce: { startedAt: "noon" }, add: { tokens: new Set(["a"]) } };
      const once = await updateItem(records.runtime, key, change, present("pk"));
      expect(await updateItem(records.runtime, key, change, present("pk"))).toEqual(once);
    });

    test("makes an item that is not there", async () => {
      const key = records.newKey();
      expect(await updateItem(records.runtime, key, { set: { status: "queued" } }, absent("pk"))).toEqual({
        ...key,
        status: "queued",
      });
    });
  });

  test("values come back as they were", async () => {
    const item = {
      text: 'ümläut "quotes" \n and 🍵',
      empty: "",
      number: -12.5,
      large: 1_760_000_000_123,
      no: false,
      nothing: null,
      list: ["tea", 1, { deep: [true, []] }],
      map: { constructor: "a user's name", "with.dot": { "#": 1 }, none: {} },
      texts: new Set(["x", "y"]),
    };
    const key = await records.stored(item);
    expect(await getItem(records.runtime, key)).toEqual({ ...key, ...item });
  });
}
