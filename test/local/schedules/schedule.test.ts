import { expect, test } from "vitest";
import { startSchedule } from "../../../local/schedules/schedule.ts";
import { createManualClock } from "../manual-clock.ts";

test("ticks at a fixed rate, whatever a tick does", async () => {
  const clock = createManualClock();
  let ticks = 0;
  const schedule = startSchedule({
    clock,
    intervalMilliseconds: 60_000,
    run: async () => {
      ticks++;
      throw new Error("table is away");
    },
  });
  await clock.advance(59_999);
  expect(ticks).toBe(0);
  await clock.advance(180_001);
  expect(ticks).toBe(4);
  await schedule.stop();
  await clock.advance(600_000);
  expect(ticks).toBe(4);
  expect(clock.pending).toBe(0);
});

test("a tick that finds the last one running is left out, and stop waits for the one that runs", async () => {
  const clock = createManualClock();
  const finish: (() => void)[] = [];
  const schedule = startSchedule({
    clock,
    intervalMilliseconds: 1000,
    run: () => new Promise<void>((resolve) => finish.push(resolve)),
  });
  await clock.advance(3000);
  expect(finish).toHaveLength(1);
  finish[0]?.();
  await clock.advance(1000);
  expect(finish).toHaveLength(2);
  let isStopped = false;
  const stopped = schedule.stop().then(() => {
    isStopped = true;
  });
  await clock.advance(0);
  expect(isStopped).toBe(false);
  finish[1]?.();
  await stopped;
});
