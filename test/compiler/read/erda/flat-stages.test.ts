import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const fileOf = (stages: string) => ({ name: "pipeline.yaml", text: `version: "1.1"\nstages:\n${stages}` });
const codesOf = (stages: string) => compile(fileOf(stages), SHOP_CONTEXT).diagnostics.map(({ code }) => code);
const fixed = (stages: string) => fixFile(fileOf(stages), SHOP_CONTEXT).file.text;

describe("actions among the stages", () => {
  test("behind a bare stage they are indented below it, as one mistake", () => {
    const stages =
      "- stage:\n- custom-script:\n    commands: make\n\n- echo:\n    params: {text: open}\n- stage:\n  - wait: {params: {wait_time_sec: 1}}\n";
    expect(codesOf(stages)).toEqual(["read/action-outside-stage"]);
    expect(fixed(stages)).toBe(
      fileOf(
        "- stage:\n  - custom-script:\n      commands: make\n\n  - echo:\n      params: {text: open}\n- stage:\n  - wait: {params: {wait_time_sec: 1}}\n",
      ).text,
    );
  });

  test("without a stage each gets one", () => {
    const stages = "  - custom-script:\n      commands: make\n  - echo@1.0:\n      params: {text: open}\n";
    expect(codesOf(stages)).toEqual(["read/action-outside-stage", "read/action-outside-stage"]);
    expect(fixed(stages)).toBe(
      fileOf(
        "  - stage:\n    - custom-script:\n        commands: make\n  - stage:\n    - echo@1.0:\n        params: {text: open}\n",
      ).text,
    );
  });

  test("their other mistakes are told, too", () => {
    expect(codesOf("- custom-script: {commands: make, executor: moon}\n")).toEqual([
      "read/action-outside-stage",
      "validate/unknown-executor",
    ]);
  });

  test.each([
    ["in braces", "- {custom-script: {commands: make}}\n"],
    ["in brackets", "  [custom-script: {commands: make}]\n"],
  ])("%s nothing is indented", (_, stages) => {
    expect(codesOf(stages)).toEqual(["read/action-outside-stage"]);
    expect(fixed(stages)).toBe(fileOf(stages).text);
  });

  test("what is no action type is no action", () => {
    expect(codesOf("- build:\n    commands: make\n")).toEqual(["read/empty-stage"]);
  });
});
