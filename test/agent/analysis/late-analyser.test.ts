import { expect, test } from "vitest";
import { createLateAnalyser } from "../../../agent/analysis/late-analyser.ts";

const ERROR = "cart.c:5:47: error: expected expression";
const NOISE = `compiling ${"shelf ".repeat(20)}`;

test("a short log is read when the scripts have failed", async () => {
  const analyser = createLateAnalyser();
  [NOISE, ERROR, NOISE].forEach(analyser.follow);
  expect(await analyser.conclude({ exitCode: 2 })).toMatchObject({
    kind: "compile",
    lines: expect.arrayContaining([ERROR]),
  });
});

test("a long log is read along, wherever the line that matters stands", async () => {
  const long = Array.from({ length: 2_000 }, () => NOISE);
  for (const lines of [
    [ERROR, ...long],
    [...long, ERROR],
  ]) {
    const analyser = createLateAnalyser();
    for (const line of lines) {
      analyser.follow(line);
      // As in the agent, whose lines arrive in the turns of the event loop.
      await Promise.resolve();
    }
    expect(await analyser.conclude({ exitCode: 2 })).toMatchObject({ kind: "compile" });
  }
});

test("nothing is said about scripts that succeeded", async () => {
  const analyser = createLateAnalyser();
  analyser.follow(ERROR);
  expect(await analyser.conclude({ exitCode: 0 })).toBeUndefined();
});
