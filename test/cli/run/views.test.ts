import { expect, test } from "vitest";
import { createLiveView } from "../../../cli/run/live-view.ts";
import { createPlainView } from "../../../cli/run/plain-view.ts";
import { advance, type ProgressEvent, startProgress } from "../../../cli/run/progress.ts";
import { plainPaint } from "../../../cli/text/color.ts";
import { recordedIo } from "../io.ts";

const SHOP = startProgress({ pipeline: "shop", runId: "r1", startedAt: 0 }, [
  { key: "build", alias: "build", type: "custom-script", stage: 0, disabled: false },
]);
const RUNNING: ProgressEvent = { kind: "action", key: "build", status: "running", at: 0, attempt: 1 };
const ENDED: ProgressEvent = { kind: "action", key: "build", status: "failed", at: 400, reason: "exit code 7" };

test("plain lines: one per change, log lines with the action's name, the tree at the end", () => {
  const io = recordedIo();
  const view = createPlainView(io.stderr);
  const running = advance(SHOP, RUNNING);
  view.update(SHOP);
  view.update(running);
  view.update(running);
  view.logLine({ alias: "build" }, "\u001b[1mcompiling\u001b[0m\r");
  view.finish(advance(running, ENDED));
  expect(io.err()).toBe(
    [
      "▶ build (custom-script, stage 1)",
      "[build] compiling",
      "✗ build failed after 0.4s: exit code 7",
      "",
      "⠋ shop  run r1  0.0s",
      "  stage 1",
      "    ✗ build  custom-script     0.4s  exit code 7",
      "",
    ].join("\n"),
  );
  expect(io.out()).toBe("");
});

test("on a terminal: draws over the last frame and gives the cursor back", () => {
  const io = recordedIo({ tty: true, now: () => 1000 });
  const view = createLiveView(io.stderr, io.clock, plainPaint);
  view.update(advance(SHOP, RUNNING));
  io.tick();
  io.tick();
  view.finish(advance(advance(SHOP, RUNNING), ENDED));
  view.close();
  const text = io.err();
  expect(text.startsWith("\u001b[?25l")).toBe(true);
  expect(text.endsWith("\u001b[?25h")).toBe(true);
  // Head, stage and action: three lines to go up before the second frame and before the last one.
  expect(text.split("\u001b[3A")).toHaveLength(3);
  expect(text).toContain("✗ build  custom-script     0.4s  exit code 7");
});
