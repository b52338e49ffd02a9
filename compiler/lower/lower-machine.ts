import type { GraphStage, PipelineGraph, Step } from "../graph/pipeline-graph.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import { createStateNames, type StateNames } from "../keys/state-names.ts";
import { planTries } from "./again.ts";
import type { LoweredMachine, LoweredStage, LoweredStep } from "./lowered.ts";
import { actionTimeoutOf, gateTimeoutOf, heartbeatOf, taskTimeoutOf } from "./timeouts.ts";

/** Gives every action its states and every state its name (design, section 3, "The lowering"). */
export function lowerMachine(graph: PipelineGraph, pipelineKey: string): LoweredMachine {
  const names = createStateNames();
  if (graph.stages.length === 0) {
    return { pipelineKey, stages: [], endOfRun: undefined, nothingToDo: names.allocate("nothing to do") };
  }
  const catches = graph.stages.some((stage) => stage.onFailure !== undefined || (isParallel(stage) && canFail(stage)));
  // Names of ours come first, so that they do not depend on what actions are called.
  const endOfRun = catches ? names.allocate("end of run") : undefined;
  const named = graph.stages.map((stage) => ({
    stage,
    state: isParallel(stage) ? names.allocate(`stage ${stage.number + 1}`) : undefined,
  }));
  const stages = named.map(({ stage, state }): LoweredStage => {
    const steps = stage.steps.map((step) => lowerStep(step, names));
    if (state !== undefined) {
      const branches = steps.map((step) => ({
        step,
        caught: step.kind === "wait" ? undefined : names.allocate(`${step.state} caught`),
      }));
      return { kind: "parallel", state, span: stage.source.span, branches };
    }
    const [step] = steps;
    if (!step) throw new InternalCompilerError("A stage without steps.");
    return { kind: "single", step, onFailure: stage.onFailure };
  });
  return { pipelineKey, stages, endOfRun, nothingToDo: undefined };
}

function isParallel(stage: GraphStage): boolean {
  return stage.steps.length > 1;
}

function canFail(stage: GraphStage): boolean {
  return stage.steps.some(({ wait }) => wait?.kind !== "fixed");
}

function lowerStep({ node, wait }: Step, names: StateNames): LoweredStep {
  const { action, traits } = node;
  const state = names.allocate(action.alias.value);
  if (wait?.kind === "fixed") return { kind: "wait", node, state, seconds: wait.seconds };
  if (wait?.kind === "gated") {
    return {
      kind: "gatedWait",
      node,
      state,
      timeoutSeconds: gateTimeoutOf(traits),
      wait: names.allocate(`${state} wait`),
    };
  }
  const timeoutSeconds = taskTimeoutOf(action, traits);
  const tries = planTries(action.loop, action.retry);
  return {
    kind: "task",
    node,
    state,
    timeoutSeconds,
    heartbeatSeconds: heartbeatOf(traits, timeoutSeconds),
    tries,
    mostRetries: tries.mostTriesWithin(actionTimeoutOf(action)) - 1,
  };
}
