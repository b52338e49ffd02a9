import { describe, expect, test } from "vitest";
import { actionKey, runKey, runPartition } from "../../../../functions/records/keys.ts";
import { readOutputs, writeOutput, writeOutputs } from "../../../../functions/records/output.ts";
import { changeRun, createRunRecord, LIVING_RUN, readRunRecord } from "../../../../functions/records/run.ts";
import { getItem, queryItems } from "../../../../functions/records/table.ts";
import { type RecordsUnderTest, run } from "./records-under-test.ts";

/** What the records of runs and outputs promise. */
export function describeRunsAndOutputs(records: RecordsUnderTest): void {
  describe("a run", () => {
    test("is made once, and what was made first stays", async () => {
      expect(await createRunRecord(records.runtime, run("made-once"), 7)).toBe(true);
      expect(await createRunRecord(records.runtime, run("made-once", { planHash: "another" }), 8)).toBe(false);
      expect(await readRunRecord(records.runtime, "made-once")).toEqual(run("made-once"));
      expect(await getItem(records.runtime, runKey("made-once"))).toMatchObject({ living: LIVING_RUN, checkAt: 7 });
    });

    test("that nobody made is not there, and is not made by a change", async () => {
      expect(await readRunRecord(records.runtime, "never-made")).toBeUndefined();
      expect(await changeRun(records.runtime, "never-made", { set: { status: "running" } })).toBeUndefined();
      expect(await queryItems(records.runtime, runPartition("never-made"), "")).toEqual([]);
    });
  });

  describe("an output", () => {
    const owner = (key: string, attempt: number) => ({ runId: "with-outputs", key, attempt });

    test("of a younger attempt is never overwritten by an older one", async () => {
      await writeOutput(records.runtime, owner("build", 2), "version", "2");
      await writeOutput(records.runtime, owner("build", 1), "version", "1");
      expect(await readOutputs(records.runtime, owner("build", 2))).toEqual(new Map([["version", "2"]]));
      expect(await readOutputs(records.runtime, owner("build", 1))).toEqual(new Map());
    });

    test("may be put out again, and the last value counts", async () => {
      await writeOutput(records.runtime, owner("unit", 1), "tests", 11);
      await writeOutput(records.runtime, owner("unit", 1), "tests", 12);
      expect(await readOutputs(records.runtime, owner("unit", 1))).toEqual(new Map([["tests", 12]]));
    });

    test("has any name and any size, and belongs to its action alone", async () => {
      const values: readonly (readonly [string, string])[] = [
        ["a.b-c#d", "odd"],
        ["empty", ""],
        ["large", "l".repeat(200_000)],
      ];
      const outputs = values.map(([name, value]) => ({ name, value }));
      await writeOutputs(records.runtime, owner("pack", 1), outputs);
      await writeOutputs(records.runtime, owner("pack-2", 1), [{ name: "other", value: "x" }]);
      expect(await readOutputs(records.runtime, owner("pack", 1))).toEqual(new Map(values));
      const { pk } = actionKey("with-outputs", "pack");
      const sizes = (await queryItems(records.runtime, pk, "output#pack#")).map((item) => JSON.stringify(item).length);
      expect(Math.max(...sizes)).toBeLessThan(1_000);
    });
  });
}
