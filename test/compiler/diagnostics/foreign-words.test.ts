import { expect, test } from "vitest";
import { actionTypeOf, sameParamHere, sameTypeHere } from "../../../compiler/diagnostics/foreign-words.ts";

const TYPES = new Set(["git-checkout", "custom-script", "echo"]);

test("an action type of another system is called as it is here, where it exists", () => {
  expect(sameTypeHere("actions/checkout@v4", TYPES)).toBe("git-checkout");
  expect(sameTypeHere("Bash", TYPES)).toBe("custom-script");
  expect(sameTypeHere("sleep", TYPES)).toBeUndefined();
  expect(sameTypeHere("docker/build", TYPES)).toBeUndefined();
});

test("what a step uses is a type, another name of one, or commands", () => {
  expect(["echo@1.0", "git", "docker/build"].map((name) => actionTypeOf(name, TYPES))).toEqual([
    "echo",
    "git-checkout",
    "custom-script",
  ]);
});

test("a param of another system is called as it is here", () => {
  expect(sameParamHere("git-checkout", "URL")).toBe("uri");
  expect(sameParamHere("git-checkout", "colour")).toBeUndefined();
  expect(sameParamHere("echo", "url")).toBeUndefined();
});
