import type { Flow, Machine, State } from "../definition/model.ts";
import type { Document } from "../document.ts";
import type { RandomBytes } from "../randomness.ts";
import type { Step } from "../step.ts";
import type { Effect } from "./event.ts";
import type { Execution, Frame, StateRun } from "./execution.ts";
import type { Failure } from "./failure.ts";

/** What one step works with: the execution it changes, what it reads, and what it collects. */
export interface StepContext {
  readonly execution: Execution;
  readonly machine: Machine;
  readonly region: string;
  /** Milliseconds since the epoch; the same for all events of a step. */
  readonly now: number;
  readonly random: RandomBytes;
  readonly effects: Effect[];
  /** Frames that have a state to enter, in order. */
  readonly ready: Frame[];
  readonly nesting: Nesting;
}

/** How the end of a branch or iteration reaches the state around it. */
export interface Nesting {
  ended(context: StepContext, child: Frame, output: Document): Step<void>;
  failed(context: StepContext, child: Frame, failure: Failure): Step<void>;
}

/** An execution and its machine do not fit together: a bug of ours. */
export class BrokenExecutionError extends Error {
  constructor(execution: Execution, reason: string) {
    super(`Execution ${execution.arn}: ${reason}`);
    this.name = "BrokenExecutionError";
  }
}

/** The flow that a frame executes. */
export function flowOf(context: StepContext, frame: Frame): Flow {
  const flow = context.machine.flows[frame.flow];
  if (flow === undefined) throw new BrokenExecutionError(context.execution, `there is no flow ${frame.flow}`);
  return flow;
}

/** A state of the frame's flow. */
export function stateNamed(context: StepContext, frame: Frame, name: string): State {
  const state = flowOf(context, frame).states.get(name);
  if (state === undefined) throw new BrokenExecutionError(context.execution, `there is no state "${name}"`);
  return state;
}

/** What the frame's state is at; there must be one. */
export function runOf(context: StepContext, frame: Frame): StateRun {
  if (frame.run === undefined) throw new BrokenExecutionError(context.execution, `frame ${frame.id} is in no state`);
  return frame.run;
}

/** The frame around this one; `undefined` for the machine's own, and once that has ended. */
export function parentOf(context: StepContext, frame: Frame): Frame | undefined {
  return frame.parent === undefined ? undefined : context.execution.frames[frame.parent.frame];
}

/** A number that nothing in this execution has. */
export function takeId(context: StepContext): number {
  return context.execution.nextId++;
}

/** Starts a timer that wakes the frame, and answers its number. */
export function startTimer(context: StepContext, frame: Frame, due: number): number {
  const timer = takeId(context);
  context.effects.push({ kind: "startTimer", frame: frame.id, timer, due });
  return timer;
}

/** Makes a frame enter a state as soon as those before it have had their turn. */
export function enterNext(context: StepContext, frame: Frame, state: string, input: Document): void {
  frame.entering = { state, input };
  context.ready.push(frame);
}
