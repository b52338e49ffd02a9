import { expect, test } from "vitest";
import type { AttemptStatus } from "../../../actions/index.ts";
import { createLook } from "../../../functions/sweep/look.ts";
import { ScriptedExecutor } from "../support/scripted-executor.ts";

/** An executor that can be asked for everything at once. */
class ListingExecutor extends ScriptedExecutor {
  lists = 0;
  asked: string[] = [];

  async statusOfAll(): Promise<ReadonlyMap<string, AttemptStatus>> {
    this.lists++;
    return new Map(this.statuses);
  }

  override async status(attempt: { attemptId: string }): Promise<AttemptStatus> {
    this.asked.push(attempt.attemptId);
    return super.status(attempt);
  }
}

test("one list stands for all attempts of an executor, and what is missing in it is asked for", async () => {
  const executor = new ListingExecutor();
  for (let n = 1; n <= 100; n++) executor.statuses.set(`run-1.build.${n}`, { phase: "running" });
  const look = createLook();
  const all = Array.from({ length: 101 }, (_, n) => look(executor, { attemptId: `run-1.build.${n + 1}` }));
  expect((await Promise.all(all)).map(({ phase }) => phase)).toEqual([...Array(100).fill("running"), "unknown"]);
  expect(executor.lists).toBe(1);
  expect(executor.asked).toEqual(["run-1.build.101"]);
  await createLook()(executor, { attemptId: "run-1.build.1" });
  expect(executor.lists).toBe(2);
});

test("an executor that has no list is asked for each", async () => {
  const executor = new ScriptedExecutor();
  executor.statuses.set("run-1.build.1", { phase: "running" });
  expect(await createLook()(executor, { attemptId: "run-1.build.1" })).toEqual({ phase: "running" });
});
