import { describe, expect, test } from "vitest";
import {
  absent,
  all,
  any,
  atMost,
  below,
  type Condition,
  equals,
  oneOf,
  present,
} from "../../../../functions/records/condition.ts";
import { getItem, putItem, updateItem } from "../../../../functions/records/table.ts";
import type { RecordsUnderTest } from "./records-under-test.ts";

/** Every condition, holding and not. */
export function describeConditions(records: RecordsUnderTest): void {
  describe("a condition", () => {
    const ITEM = { status: "running", attempt: 3, reason: "" };
    const CONDITIONS: readonly (readonly [string, Condition, boolean])[] = [
      ["absent, and it is not there", absent("endedAt"), true],
      ["absent, and it is there", absent("status"), false],
      ["absent, and it is empty", absent("reason"), false],
      ["present, and it is there", present("reason"), true],
      ["present, and it is not there", present("endedAt"), false],
      ["equal text", equals("status", "running"), true],
      ["other text", equals("status", "queued"), false],
      ["a text is no number", equals("attempt", "3"), false],
      ["equal to what is not there", equals("endedAt", ""), false],
      ["below", below("attempt", 4), true],
      ["not below, but equal", below("attempt", 3), false],
      ["at most, and equal", atMost("attempt", 3), true],
      ["not at most", atMost("attempt", 2), false],
      ["at most of what is not there", atMost("endedAt", 2), false],
      ["one of", oneOf("status", ["queued", "running"]), true],
      ["none of", oneOf("status", ["failed", "succeeded"]), false],
      ["all", all(equals("attempt", 3), present("status")), true],
      ["not all", all(equals("attempt", 3), absent("status")), false],
      ["any", any(absent("status"), equals("attempt", 3)), true],
      ["not any", any(absent("status"), equals("attempt", 4)), false],
      ["nested", all(any(absent("endedAt"), below("attempt", 0)), oneOf("status", ["running"])), true],
    ];

    test.each(CONDITIONS)("of an update: %s", async (_, condition, holds) => {
      const key = await records.stored(ITEM);
      const changed = await updateItem(records.runtime, key, { set: { status: "ended" } }, condition);
      expect(changed).toEqual(holds ? { ...key, ...ITEM, status: "ended" } : undefined);
      expect(await getItem(records.runtime, key)).toEqual({ ...key, ...ITEM, ...(holds && { status: "ended" }) });
    });

    test.each(CONDITIONS)("of a write: %s", async (_, condition, holds) => {
      const key = await records.stored(ITEM);
      expect(await putItem(records.runtime, { ...key, status: "ended" }, condition)).toBe(holds);
      expect(await getItem(records.runtime, key)).toEqual(holds ? { ...key, status: "ended" } : { ...key, ...ITEM });
    });

    test("that does not hold makes no item", async () => {
      const key = records.newKey();
      expect(await updateItem(records.runtime, key, { set: { status: "ended" } }, present("pk"))).toBeUndefined();
      expect(await putItem(records.runtime, { ...key, status: "ended" }, equals("status", "running"))).toBe(false);
      expect(await getItem(records.runtime, key)).toBeUndefined();
    });
  });
}
