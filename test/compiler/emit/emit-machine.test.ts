import { describe, expect, test } from "vitest";
import { emitTask } from "../../../compiler/emit/emit-task.ts";
import { canonicalJson } from "../../../compiler/index.ts";
import { lowerMachine } from "../../../compiler/lower/lower-machine.ts";
import { compileText, graphOf, pipelineText } from "../compile-text.ts";

describe("emitMachine", () => {
  test("the body is the definition as canonical JSON, and the name holds its hash", () => {
    const { machine } = compileText(pipelineText([["build"], ["lint", "test"]]));
    expect(JSON.parse(machine.body)).toEqual(machine.definition);
    expect(machine.body).toBe(canonicalJson(machine.definition));
    expect(machine.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(machine.name).toBe(`shop-${machine.hash.slice(0, 12)}`);
  });

  test("editing a command changes the plan and not the machine; renaming an action changes both", () => {
    const before = compileText(pipelineText([["build"]]));
    const edited = compileText(pipelineText([["build"]]).replace("make shop", "make everything"));
    const renamed = compileText(pipelineText([["compile"]]));
    expect(edited.machine.name).toBe(before.machine.name);
    expect(edited.planHash).not.toBe(before.planHash);
    expect(renamed.machine.name).not.toBe(before.machine.name);
  });

  test("a name of a state that JavaScript would take for something else", () => {
    const { machine } = compileText(pipelineText([["__proto__"], ["constructor"]]));
    expect(Object.keys(JSON.parse(machine.body).States).sort()).toEqual(["__proto__", "constructor"]);
  });

  test("kinds that work inside the function get no token, no heartbeat, and answer with their result", () => {
    const [stage] = lowerMachine(graphOf(pipelineText([["build"]])), "shop").stages;
    if (stage?.kind !== "single" || stage.step.kind !== "task") throw new Error("There is no Task.");
    const { step } = stage;
    const traits = { ...step.node.traits, integration: "function", hasAgent: false } as const;
    const task = emitTask({ ...step, heartbeatSeconds: undefined, node: { ...step.node, traits } }, "shop");
    expect(task.Resource).toBe("arn:aws:states:::lambda:invoke");
    expect(task.Output).toBe("{% $states.result.Payload %}");
    expect(task).not.toHaveProperty("HeartbeatSeconds");
    expect(Object.keys(task.Arguments.Payload)).toEqual(["execution", "redrive", "pipeline", "action"]);
  });
});
