import { expect, test } from "vitest";
import { didYouMean, joinWords, nearNames } from "../../../compiler/diagnostics/suggest.ts";

const keys = ["alias", "commands", "image", "timeout", "resources", "max_times"];

test.each([
  ["aliass", "alias"],
  ["comands", "commands"],
  ["tiemout", "timeout"],
  ["Image", "image"],
  ["maxTimes", "max_times"],
  ["max-times", "max_times"],
])("%s is near %s", (written, meant) => {
  expect(nearNames(written, keys)[0]).toBe(meant);
});

test("far names give no suggestion", () => {
  expect(didYouMean("kubernetes", keys)).toBeUndefined();
  expect(didYouMean("if", keys)).toBeUndefined();
  expect(nearNames("xy", ["ab", "ax", "yz"])).toEqual([]);
  expect(nearNames("ab", ["ba", "cab"])).toEqual(["ba", "cab"]);
  expect(nearNames("abcd", ["badc", "acbd"])).toEqual(["acbd"]);
});

test("names the nearest first, at most three", () => {
  expect(didYouMean("build", ["built", "builds", "guild", "buildx", "deploy"])).toBe(
    'Did you mean "builds", "buildx" or "built"?',
  );
});

test("of many names only the first 200 are looked at", () => {
  const names = Array.from({ length: 300 }, (_, index) => `step-${String(index).padStart(3, "0")}-of-the-release`);
  expect(didYouMean("step-199-of-the-releas", names)).toContain('"step-199-of-the-release"');
  expect(didYouMean("bild", [...names.slice(0, 199), "build"])).toBe('Did you mean "build"?');
  expect(didYouMean("bild", [...names.slice(0, 200), "build"])).toBeUndefined();
});

test("a name is never suggested for itself", () => {
  expect(nearNames("build", ["build", "builds"])).toEqual(["builds"]);
});

test("words in a row", () => {
  const joined = [[], ["a"], ["a", "b"], ["a", "b", "c"]].map((words) => joinWords(words, "and"));
  expect(joined).toEqual(["", "a", "a and b", "a, b and c"]);
});

test("very long names cost no time", () => {
  expect(nearNames("x".repeat(100_000), ["y".repeat(100_000)])).toEqual([]);
  expect(nearNames("x".repeat(80), ["x".repeat(79), "x".repeat(81)])).toEqual(["x".repeat(79)]);
  expect(nearNames("x".repeat(81), ["x".repeat(80)])).toEqual([]);
});
