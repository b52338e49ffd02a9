import type { GraphStage, PipelineGraph, Step } from "../graph/pipeline-graph.ts";
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
  const parallels = graph.stages.map((stage) =>
    isParallel(stage) ? names.allocate(`stage ${stage.number + 1}`) : undefined,
  );
  const stages = graph.stages.map((stage, index): LoweredStage => {
    const state = parallels[index];
    const [first, ...others] = stage.steps.map((step) => lowerStep(step, names));
    if (state === undefined && first && others.length === 0) {
      return { kind: "single", step: first, onFailure: stage.onFailure };
    }
    const branches = [...(first ? [first] : []), ...others].map((step) => ({
      step,
      caught: step.kind === "wait" ? undefined : names.allocate(`${step.state} caught`),
    }));
    return {
      kind: "parallel",
      state: state ?? names.allocate(`stage ${stage.number + 1}`),
      span: stage.source.span,
      branches,
    };
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
