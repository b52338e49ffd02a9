import { expect, test } from "vitest";
import { runToEnd } from "./agent-api.ts";

const SCRIPT = `echo "price.c:3:1: error: expected ';' near hunter2" >&2`;

test("why the scripts failed is reported with their end, from masked lines", async () => {
  const { complete } = await runToEnd({ secrets: ["hunter2"], script: `${SCRIPT}; exit 2` });
  const line = "price.c:3:1: error: expected ';' near ******";
  expect(complete.analysis).toEqual({ kind: "compile", summary: `Compile error: ${line}`, lines: [line] });
});

test("nothing is said about scripts that succeed, whatever they print", async () => {
  const { complete } = await runToEnd({ script: SCRIPT });
  expect(complete).toMatchObject({ end: "exited", exitCode: 0 });
  expect(complete).not.toHaveProperty("analysis");
});

test("nor about scripts that failed without a word", async () => {
  const { complete } = await runToEnd({ script: "exit 3" });
  expect(complete).toMatchObject({ end: "exited", exitCode: 3 });
  expect(complete).not.toHaveProperty("analysis");
});
