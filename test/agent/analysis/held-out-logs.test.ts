import { expect, test } from "vitest";
import { createFailureAnalyser } from "../../../agent/analysis/analyse-failure.ts";
import type { FailureAnalysis } from "../../../agent/protocol.ts";
import { HELD_OUT_SETS, type HeldOutLog, heldOutGreenLogs, heldOutLogs, readHeldOutLog } from "./held-out-logs.ts";

function analyse(set: string, name: string, exitCode: number): FailureAnalysis | undefined {
  const analyser = createFailureAnalyser();
  readHeldOutLog(set, name).forEach(analyser.follow);
  return analyser.conclude({ exitCode });
}

function isFound(set: string, { name, exitCode, decisive }: HeldOutLog): boolean {
  const analysis = analyse(set, name, exitCode);
  return decisive.some((text) => analysis?.lines.some((line) => line.includes(text)));
}

test.each(HELD_OUT_SETS)("of set %s the decisive line is found in at least 90 of 100", (set) => {
  const logs = heldOutLogs(set);
  const missed = logs.filter((log) => !isFound(set, log)).map(({ name }) => name);
  const greens = heldOutGreenLogs(set);
  const silent = greens.filter((name) => analyse(set, name, 1) === undefined);
  process.stdout.write(
    `error analysis, held-out set ${set}: ${logs.length - missed.length} of ${logs.length} failed logs` +
      `${missed.length > 0 ? ` (not ${missed.join(", ")})` : ""}; silent on ${greens.length} of ${greens.length} green ` +
      `logs, on ${silent.length} even if they had failed\n`,
  );
  expect(missed.length / logs.length).toBeLessThanOrEqual(0.1);
});

test("each marked text stands in its log", () => {
  for (const set of HELD_OUT_SETS) {
    for (const { name, decisive } of heldOutLogs(set)) {
      const log = readHeldOutLog(set, name).join("\n");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal
      const plain = log.replace(/\u001b\[[\d;]*[A-Za-z]/g, "");
      expect(
        decisive.some((text) => plain.includes(text)),
        `${set}/${name}`,
      ).toBe(true);
    }
  }
});

test("nothing is said about builds that went well", () => {
  const greens = HELD_OUT_SETS.flatMap((set) => heldOutGreenLogs(set).map((name) => [set, name] as const));
  expect(greens.length).toBeGreaterThanOrEqual(60);
  for (const [set, name] of greens) {
    expect(analyse(set, name, 0), `${set}/${name}`).toBeUndefined();
  }
  // Had a later command failed without a word, a tolerated error before it would be named in these few.
  const named = greens.filter(([set, name]) => analyse(set, name, 1) !== undefined);
  expect(named.length / greens.length).toBeLessThanOrEqual(0.1);
});
