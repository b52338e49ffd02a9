import { expect, test } from "vitest";
import { createWaits } from "../../../local/installation/waits.ts";
import { createManualClock } from "../manual-clock.ts";

test("asks at once, when woken, and from time to time", async () => {
  const clock = createManualClock();
  const waits = createWaits(clock);
  const answers = [undefined, undefined, undefined, "sent"];
  let asked = 0;
  const waiting = waits.until(1000, async () => answers[asked++]);
  await clock.advance(999);
  expect(asked).toBe(1);
  waits.wake();
  await clock.advance(0);
  expect(asked).toBe(2);
  await clock.advance(2000);
  expect(await waiting).toBe("sent");
  expect([asked, clock.pending]).toEqual([4, 0]);
});

test("what happens while it asks makes it ask again", async () => {
  const clock = createManualClock();
  const waits = createWaits(clock);
  let status = "open";
  const answer = await waits.until(1000, async () => {
    const before = status;
    if (before === "open") {
      status = "paid";
      waits.wake();
    }
    return before === "paid" ? before : undefined;
  });
  expect(answer).toBe("paid");
});

test("stop ends every wait", async () => {
  const clock = createManualClock();
  const waits = createWaits(clock);
  const waiting = waits.until(1000, async () => undefined);
  await clock.advance(0);
  waits.stop();
  await expect(waiting).rejects.toThrow("The installation has stopped.");
  await expect(waits.until(1000, async () => "paid")).rejects.toThrow("The installation has stopped.");
  expect(clock.pending).toBe(0);
});
