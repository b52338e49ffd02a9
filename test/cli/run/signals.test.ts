import { expect, test } from "vitest";
import { watchSignals } from "../../../cli/run/signals.ts";
import type { ProgressView } from "../../../cli/run/view.ts";
import { recordedIo } from "../io.ts";

function recordedView(notices: string[]): ProgressView {
  return {
    update: () => undefined,
    logLine: () => undefined,
    notice: (text) => notices.push(text),
    finish: () => undefined,
    close: () => undefined,
  };
}

test("the first signal counts, with a word to the person; the second is told apart", async () => {
  const io = recordedIo();
  const notices: string[] = [];
  const signals = watchSignals(io, recordedView(notices));
  expect(signals.seen()).toBeUndefined();
  io.send("SIGINT");
  expect(signals.seen()).toBe("SIGINT");
  expect(await signals.first).toBe("SIGINT");
  expect(notices).toHaveLength(1);
  io.send("SIGTERM");
  expect(await signals.second).toBeUndefined();
  expect(signals.seen()).toBe("SIGINT");
  expect(notices).toHaveLength(1);
  signals.stop();
  expect(io.send("SIGINT")).toBe(false);
});
