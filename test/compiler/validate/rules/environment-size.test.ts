import { expect, test } from "vitest";
import { LONGEST_ENVIRONMENT_ENTRY_BYTES as ofAgent } from "../../../../agent/protocol.ts";
import { compile } from "../../../../compiler/index.ts";
import { LONGEST_ENVIRONMENT_ENTRY_BYTES } from "../../../../compiler/validate/rules/environment-size.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

function messages(params: unknown, envs: unknown = {}): readonly string[] {
  const action = { "custom-script": { commands: "make", params } };
  const text = JSON.stringify({ version: "1.1", params: [{ name: "more" }], envs, stages: [{ stage: [action] }] });
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  return diagnostics.filter(({ code }) => code === "validate/too-long-for-environment").map(({ message }) => message);
}

test("the limit is that of the agent", () => {
  expect(LONGEST_ENVIRONMENT_ENTRY_BYTES).toBe(ofAgent);
});

test("a param may fill its environment variable, and is an error with name and size beyond", () => {
  const most = LONGEST_ENVIRONMENT_ENTRY_BYTES - "ACTION_RELEASE_NOTES=".length;
  expect(messages({ "release.notes": "x".repeat(most) })).toEqual([]);
  expect(messages({ "release.notes": "x".repeat(most + 1) })).toEqual([
    `The param "release.notes" has ${most + 1} bytes, but the environment variable "ACTION_RELEASE_NOTES" holds at most ${most}.`,
  ]);
});

test("bytes count, not characters, and the text of lists and maps is JSON", () => {
  expect(messages({ notes: "é".repeat(65_600) })).toHaveLength(1);
  expect(messages({ notes: "é".repeat(65_000) })).toEqual([]);
  expect(messages({ notes: ["\u0001".repeat(22_000)] })).toHaveLength(1);
  expect(messages({ notes: { all: ["x".repeat(65_000), "y".repeat(67_000)] } })).toHaveLength(1);
  expect(messages({ notes: [1, null, true, "x".repeat(100_000)] })).toEqual([]);
});

test("text beside references counts, and envs are environment variables too", () => {
  expect(messages({ notes: `${"x".repeat(131_100)}\${{ params.more }}` })).toHaveLength(1);
  expect(messages({}, { NOTES: "x".repeat(131_100) })[0]).toMatch(/^The env "NOTES" has 131100 bytes/);
});
