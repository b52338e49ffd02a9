import type { Catcher, State } from "../asl/types.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { LoweredMachine, LoweredStage, LoweredStep } from "../lower/lowered.ts";
import { emitGate, emitTask } from "./emit-task.ts";

/** A state with its name, in the order in which the machine enters them. */
export type NamedState = readonly [name: string, state: State];

/** Where a state goes on. */
type Transition = { readonly Next: string } | { readonly End: true };

/** The states of one stage, the one that is entered first. */
export function emitStage(machine: LoweredMachine, index: number): readonly NamedState[] {
  const stage = machine.stages[index];
  if (!stage) throw new InternalCompilerError(`There is no stage ${index}.`);
  const following = machine.stages[index + 1];
  const next = following ? entryOf(following) : machine.endOfRun;
  const transition: Transition = next === undefined ? { End: true } : { Next: next };
  if (stage.kind === "single") {
    const target = stage.onFailure === undefined ? undefined : machine.stages[stage.onFailure];
    return emitStep(stage.step, machine.pipelineKey, transition, target && catchAll(entryOf(target)));
  }
  const Branches = stage.branches.map(({ step, caught }) => {
    const states = emitStep(
      step,
      machine.pipelineKey,
      { End: true },
      caught === undefined ? undefined : catchAll(caught),
    );
    const all: readonly NamedState[] =
      caught === undefined ? states : [...states, [caught, { Type: "Pass", End: true }]];
    return { StartAt: step.state, States: statesByName(all) };
  });
  return [[stage.state, { Type: "Parallel", Branches, ...transition }]];
}

/**
 * States by name. Without a prototype, because the engine then keeps a table at once; otherwise it makes a class of
 * objects for each new pair of names, which takes 30 MB for 1,000 branches.
 */
export function statesByName(states: readonly NamedState[]): { readonly [name: string]: State } {
  const byName: { [name: string]: State } = Object.create(null);
  for (const [name, state] of states) byName[name] = state;
  return byName;
}

/** The state that a stage starts with. */
function entryOf(stage: LoweredStage): string {
  return stage.kind === "single" ? stage.step.state : stage.state;
}

function emitStep(
  step: LoweredStep,
  pipelineKey: string,
  transition: Transition,
  catcher: Catcher | undefined,
): readonly NamedState[] {
  const catching = catcher ? { Catch: [catcher] } : {};
  switch (step.kind) {
    case "task":
      return [[step.state, { ...emitTask(step, pipelineKey), ...catching, ...transition }]];
    case "wait":
      return [[step.state, { Type: "Wait", Seconds: step.seconds, ...transition }]];
    case "gatedWait":
      return [
        [step.state, { ...emitGate(step, pipelineKey), ...catching, Next: step.wait }],
        [step.wait, { Type: "Wait", Seconds: "{% $states.input.seconds %}", ...transition }],
      ];
  }
}

/**
 * Catches what can be caught. The next state's input is one short name: a Cause may have 32,768 characters, and those
 * of many branches would pass the 256 KiB that a Parallel may put out. (An error without a name leaves the object
 * empty; as an expression of its own it would be undefined, which ends the execution.)
 */
function catchAll(next: string): Catcher {
  return { ErrorEquals: ["States.ALL"], Next: next, Output: "{% { 'error': $states.errorOutput.Error } %}" };
}
