import { describe, expect, test } from "vitest";
import { advance, type ProgressEvent, startProgress } from "../../../cli/run/progress.ts";
import { renderTree, type TreeOptions } from "../../../cli/run/tree-view.ts";
import { plainPaint } from "../../../cli/text/color.ts";

const SHOP = startProgress({ pipeline: "shop", runId: "r1", startedAt: 0 }, [
  { key: "repo", alias: "repo", type: "git-checkout", stage: 0, disabled: false },
  { key: "build", alias: "构建 一号", type: "custom-script", stage: 1, disabled: false },
  { key: "test", alias: "unit test", type: "custom-script", stage: 1, disabled: false },
  { key: "deploy", alias: "deploy", type: "echo", stage: 2, disabled: false },
]);
const OPTIONS: TreeOptions = { now: 3000, frame: 0, columns: 80, rows: 40, paint: plainPaint };
const EVENTS: readonly ProgressEvent[] = [
  { kind: "action", key: "repo", status: "running", at: 100, attempt: 1 },
  { kind: "action", key: "repo", status: "succeeded", at: 600 },
  { kind: "action", key: "build", status: "running", at: 700, attempt: 2 },
  { kind: "log", key: "build", text: "compiling parser.js", at: 800, attempt: 2 },
  {
    kind: "action",
    key: "test",
    status: "failed",
    at: 2700,
    attempt: 1,
    reason: "The commands ended with exit code 7.",
  },
];
const SHOWN = EVENTS.reduce(advance, SHOP);

test("a tree of stages and actions, with times, tries, the last line and reasons", () => {
  expect(renderTree(SHOWN, OPTIONS)).toEqual([
    "⠋ shop  run r1  3.0s",
    "  stage 1",
    "    ✓ repo       git-checkout      0.5s",
    "  stage 2",
    "    ⠋ 构建 一号  custom-script     2.3s  try 2",
    "        compiling parser.js",
    "    ✗ unit test  custom-script     0.0s  The commands ended with exit code 7.",
    "  stage 3",
    "    · deploy     echo",
  ]);
});

describe("on a small terminal", () => {
  test("stages that have ended or not begun are folded", () => {
    expect(renderTree(SHOWN, { ...OPTIONS, rows: 7 })).toEqual([
      "⠋ shop  run r1  3.0s",
      "  stage 1  ✓ 1 succeeded",
      "  stage 2",
      "    ⠋ 构建 一号  custom-script     2.3s  try 2",
      "        compiling parser.js",
      "    ✗ unit test  custom-script     0.0s  The commands ended with exit code 7.",
      "  stage 3  · 1 pending",
    ]);
  });
  test("and what does not fit even so is counted", () => {
    const lines = renderTree(SHOWN, { ...OPTIONS, rows: 4 });
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe("  … 4 more lines");
  });
  test("a reason is cut to the width", () => {
    const line = renderTree(SHOWN, { ...OPTIONS, columns: 60 })[6] ?? "";
    expect(line).toMatch(/…$/);
    expect(line.length).toBeLessThanOrEqual(60);
  });
});
