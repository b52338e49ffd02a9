import { expect, test } from "vitest";
import { file, oneStage } from "../../../../compiler/diagnostics/explanations/explanation.ts";

test("a file loses the indentation that its lines share", () => {
  const text = file`
    stages:
    - stage:
      \t- echo:
  `;
  expect(text).toBe("stages:\n- stage:\n  \t- echo:\n");
});

test("one stage is a whole pipeline", () => {
  const text = oneStage`
    - echo:
        alias: tell
  `;
  expect(text).toBe('version: "1.1"\nstages:\n- stage:\n  - echo:\n      alias: tell\n');
});
