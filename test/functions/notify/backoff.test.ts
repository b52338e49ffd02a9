import { expect, test } from "vitest";
import { secondsUntilNextTry } from "../../../functions/notify/backoff.ts";
import { NOTIFY_QUEUE } from "../../../functions/notify/contract.ts";

test("all tries take more than half an hour, which is what the contract says", () => {
  const waits = Array.from({ length: NOTIFY_QUEUE.maxReceiveCount - 1 }, (_, index) =>
    secondsUntilNextTry(index + 1, undefined),
  );
  expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 900]);
  expect(Math.round(waits.reduce((sum, wait) => sum + wait, 0) / 60)).toBe(36);
  expect(NOTIFY_QUEUE.visibilityTimeoutSeconds).toBe(6 * NOTIFY_QUEUE.functionTimeoutSeconds);
});
