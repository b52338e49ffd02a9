import { expect, test } from "vitest";
import { executorLines } from "../../../cli/compile/executor-lines.ts";
import { compileText } from "../../compiler/compile-text.ts";

const stage = (...actions: string[]) => `- stage:\n${actions.map((action) => `  - ${action}\n`).join("")}`;

test("actions stand with their executor and why it is this one", () => {
  const { report } = compileText(
    `version: "1.1"\nstages:\n${stage(
      "custom-script: {alias: unit-test, commands: make}",
      "custom-script: {alias: lint, commands: make}",
      "custom-script: {alias: deploy, executor: build, commands: make}",
      "image-build: {alias: image, params: {context: .}}",
      "wait: {alias: soak, params: {wait_time_sec: 5}}",
    )}`,
  );
  expect(executorLines(report)).toEqual([
    "local (process), the installation's default: unit-test, lint",
    'build (ecs), the action\'s "executor": deploy',
    "build (ecs), the action type's: image",
    "wait, a state of Step Functions, no executor: soak",
  ]);
});

test("the executor of all actions is told, of many actions the first", () => {
  const actions = Array.from({ length: 11 }, (_, at) => `custom-script: {alias: test-${at + 1}, commands: make}`);
  const { report } = compileText(`version: "1.1"\ndefaults: {executor: build}\nstages:\n${stage(...actions)}`);
  expect(executorLines(report)).toEqual([
    'build (ecs), the pipeline\'s "defaults": test-1, test-2, test-3, test-4, test-5, test-6, test-7, test-8 and 3 more',
  ]);
});
