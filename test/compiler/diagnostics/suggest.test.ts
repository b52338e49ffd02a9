import { expect, test } from "vitest";
import { didYouMean, nearNames } from "../../../compiler/diagnostics/suggest.ts";

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
});

test("names the nearest first, at most three", () => {
  expect(didYouMean("build", ["built", "builds", "guild", "buildx", "deploy"])).toBe(
    'Did you mean "builds", "buildx" or "built"?',
  );
});

test("very long names cost no time", () => {
  expect(nearNames("x".repeat(100_000), ["y".repeat(100_000)])).toEqual([]);
});
