import { describe, expect, test } from "vitest";
import { lowerMachine } from "../../../compiler/lower/lower-machine.ts";
import { graphOf, pipelineText } from "../compile-text.ts";

const lower = (stages: readonly (readonly string[])[]) => lowerMachine(graphOf(pipelineText(stages)), "shop");

describe("lowerMachine", () => {
  test("a pipeline in a row catches nothing and has no end of run", () => {
    const { endOfRun, nothingToDo, stages } = lower([["build"], ["deploy"]]);
    expect([endOfRun, nothingToDo]).toEqual([undefined, undefined]);
    expect(stages.map(({ kind }) => kind)).toEqual(["single", "single"]);
  });

  test("a later if, or siblings, bring the end of run", () => {
    expect(lower([["build"], ["tell?"]]).endOfRun).toBe("end of run");
    expect(lower([["amd64", "arm64"]]).endOfRun).toBe("end of run");
    expect(lower([["tell?"], ["build"]]).endOfRun).toBeUndefined();
  });

  test("siblings are a Parallel named by the number of the stage", () => {
    const [, stage] = lower([["build"], ["lint", "test"]]).stages;
    expect(stage).toMatchObject({
      kind: "parallel",
      state: "stage 2",
      branches: [
        { step: { state: "lint" }, caught: "lint caught" },
        { step: { state: "test" }, caught: "test caught" },
      ],
    });
  });

  test("nothing enabled is nothing to do", () => {
    expect(lower([["build!"]])).toMatchObject({ stages: [], nothingToDo: "nothing to do", endOfRun: undefined });
  });

  test("our own names come first, whatever actions are called", () => {
    const { endOfRun, stages } = lower([["end of run", "stage 1"], ["lint caught"]]);
    expect(endOfRun).toBe("end of run");
    expect(stages[0]).toMatchObject({ state: "stage 1", branches: [{ step: { state: /^end of run-/ } }, {}] });
  });
});
