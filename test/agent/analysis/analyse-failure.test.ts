import { describe, expect, test } from "vitest";
import { createFailureAnalyser } from "../../../agent/analysis/analyse-failure.ts";
import type { ExitOfScripts } from "../../../agent/analysis/exit-meaning.ts";
import { ANALYSIS_LIMITS, type FailureAnalysis } from "../../../agent/protocol.ts";
import { type FailedLog, GREEN_LOGS, logNames, RECORDED_LOGS, readLog, WRITTEN_LOGS } from "./logs.ts";

const FAILED_LOGS = [...RECORDED_LOGS, ...WRITTEN_LOGS];

function analyse(lines: readonly string[], end: ExitOfScripts): FailureAnalysis | undefined {
  const analyser = createFailureAnalyser();
  lines.forEach(analyser.follow);
  return analyser.conclude(end);
}

function isFound([name, exitCode, kind, decisive]: FailedLog): boolean {
  const analysis = analyse(readLog(name), { exitCode });
  return analysis?.kind === kind && analysis.lines.some((line) => line.includes(decisive));
}

describe("logs of failed builds", () => {
  test("each of the directory stands in a table, and its decisive line in it", () => {
    const listed = [...FAILED_LOGS.map(([name]) => name), ...GREEN_LOGS];
    expect(listed.toSorted()).toEqual(logNames().toSorted());
    expect(RECORDED_LOGS.length).toBeGreaterThanOrEqual(40);
    expect(GREEN_LOGS.length).toBeGreaterThanOrEqual(20);
  });

  test("the decisive line is found in at least 90 of 100, by kind and by line", () => {
    const missed = FAILED_LOGS.filter((log) => !isFound(log)).map(([name]) => name);
    const inSummary = FAILED_LOGS.filter(([name, exitCode, , decisive]) =>
      analyse(readLog(name), { exitCode })?.summary.includes(decisive.slice(0, 60)),
    );
    const found = FAILED_LOGS.length - missed.length;
    process.stdout.write(
      `error analysis: ${found} of ${FAILED_LOGS.length} failed logs (${RECORDED_LOGS.length} recorded, ` +
        `${WRITTEN_LOGS.length} written), ${inSummary.length} already in the summary; ` +
        `silent on ${GREEN_LOGS.filter((name) => analyse(readLog(name), { exitCode: 1 }) === undefined).length} of ` +
        `${GREEN_LOGS.length} green logs even if they had failed\n`,
    );
    expect(found / FAILED_LOGS.length).toBeGreaterThanOrEqual(0.9);
    // What is understood stays understood: a log that is added and is not belongs here, with the reason.
    expect(missed).toEqual([]);
  });

  test.each(FAILED_LOGS)("%s stays within the limits", (name, exitCode) => {
    const analysis = analyse(readLog(name), { exitCode });
    expect(analysis?.summary).toMatch(/^.{10,300}$/);
    expect(analysis?.lines.length).toBeLessThanOrEqual(ANALYSIS_LIMITS.lines);
    expect(JSON.stringify(analysis)).not.toContain("\\u001b");
  });
});

test.each(GREEN_LOGS)("nothing is said about %s, and nothing would be if its script had failed later", (name) => {
  expect(analyse(readLog(name), { exitCode: 0 })).toBeUndefined();
  expect(analyse(readLog(name), { exitCode: 1 })).toBeUndefined();
});

test("nothing is ever said about scripts that succeeded, whatever they printed", () => {
  for (const [name] of FAILED_LOGS) {
    expect(analyse(readLog(name), { exitCode: 0 })).toBeUndefined();
  }
});

describe("the end of the scripts", () => {
  test.each([
    [{ exitCode: 126 }, "permission"],
    [{ exitCode: 127 }, "command-not-found"],
    [{ exitCode: 137, signal: "SIGKILL" }, "memory"],
    [{ exitCode: 139 }, "crash"],
    [{ signal: "SIGSEGV" }, "crash"],
  ])("%j speaks where the log is silent", (end, kind) => {
    expect(analyse(["building the shop"], end)).toEqual({ kind, summary: expect.stringMatching(/\.$/), lines: [] });
  });

  test.each([{ exitCode: 1 }, { exitCode: 143, signal: "SIGTERM" }])("%j says nothing by itself", (end) => {
    expect(analyse(["building the shop"], end)).toBeUndefined();
  });

  test("a process that was killed was killed, whatever it had printed before", () => {
    expect(analyse(["cart.c:3:1: error: expected ‘;’"], { exitCode: 137 })).toMatchObject({
      kind: "memory",
      lines: [],
    });
  });

  test("an exit code that anybody may use gives way to a reason in the log", () => {
    expect(analyse(["cart.c:3:1: error: expected ‘;’"], { exitCode: 127 })).toMatchObject({ kind: "compile" });
  });

  test("confirms the line that says the same", () => {
    const lines = ["s: 1: shop-packer: not found", "src/cart.ts(3,1): error TS1005: ';' expected."];
    expect(analyse(lines, { exitCode: 127 })).toMatchObject({ kind: "command-not-found" });
    expect(analyse(lines, { exitCode: 2 })).toMatchObject({ kind: "compile" });
  });
});

describe("what is kept", () => {
  test("of a compiler's errors the first, of everything else the last", () => {
    const errors = Array.from({ length: 500 }, (_, n) => `cart.c:${n + 1}:1: error: number ${n + 1}`);
    const compiled = analyse(errors, { exitCode: 1 });
    expect(compiled?.summary).toBe("Compile error: cart.c:1:1: error: number 1 (one of 500)");
    expect(compiled?.lines[0]).toBe(errors[0]);
    const refused = errors.map((_, n) => `curl: (7) Failed to connect to 127.0.0.1 port ${n + 1}`);
    expect(analyse(refused, { exitCode: 7 })?.summary).toBe(`Network error: ${refused.at(-1)} (one of 500)`);
  });

  test("a story without its end is forgotten", () => {
    const endless = Array.from({ length: 300 }, (_, n) => `  File "shop.py", line ${n}`);
    expect(analyse(["Traceback (most recent call last):", ...endless], { exitCode: 1 })).toBeUndefined();
  });

  test("colours, progress bars and long lines do not hide a finding", () => {
    const line = `\u001b[2K12%\r99%\r\u001b[31mERROR\u001b[0m in ./src/cart.js ${"x".repeat(2_000_000)}`;
    const analysis = analyse([line], { exitCode: 1 });
    expect(analysis?.kind).toBe("compile");
    expect(analysis?.lines[0]).toHaveLength(ANALYSIS_LIMITS.lineCharacters);
  });
});

describe("what looks like an error of a tool that is not known", () => {
  const suspect = "Error: the shelf has no price";

  test("is believed where a known tool then says that something failed, and only near it", () => {
    const end = "make: *** [Makefile:3: shelves] Error 1";
    const between = (lines: number) => Array.from({ length: lines }, (_, n) => `shelf ${n} counted`);
    const error = "[shelf-tool] error: the shelf has no price";
    expect(analyse([error, ...between(20), end], { exitCode: 2 })?.summary).toContain("the shelf has no price");
    expect(analyse([error, ...between(80), end], { exitCode: 2 })?.summary).toContain("Makefile:3");
  });

  test("is forgotten when a tool ends well after it", () => {
    expect(analyse([suspect, "Tests:       12 passed, 12 total"], { exitCode: 1 })).toBeUndefined();
    expect(analyse(["Tests:       12 passed, 12 total", suspect], { exitCode: 1 })?.summary).toContain(suspect);
  });

  test("counts by its words alone only in the last lines", () => {
    const words = "the price list could not be sorted";
    expect(analyse([words, "cleaning up"], { exitCode: 1 })?.summary).toContain(words);
    expect(analyse([words, ...Array(20).fill("cleaning up")], { exitCode: 1 })).toBeUndefined();
  });
});

test("lines that make patterns try everything again and again are read in linear time", () => {
  const pieces = [
    "a:",
    "1:1:",
    ": ",
    "\t",
    "[ERROR] ",
    "npm error ",
    "> ",
    "● ",
    "› ",
    "make: *** [",
    "(",
    "error ",
    "a.b::",
    "#1 1.1 ",
  ];
  const lines = pieces.flatMap((piece) => [
    piece.repeat(50_000),
    `fatal: ${piece.repeat(400)}`,
    `x${piece.repeat(200)}!`,
  ]);
  const analyser = createFailureAnalyser();
  for (let round = 0; round < 50; round += 1) {
    lines.forEach(analyser.follow);
  }
  expect(JSON.stringify(analyser.conclude({ exitCode: 1 })).length).toBeLessThan(10_000);
});
