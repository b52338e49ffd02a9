import type { LoweredMachine, LoweredStage, LoweredStep } from "../lower/lowered.ts";

/** History events of a construct. Source: reference/aws.md 3.3. */
const EVENTS = { execution: 2, callback: 6, retry: 4, request: 5, parallel: 4, other: 2 } as const;

/** What a machine costs at least and at most, over all ways in which its actions can end. */
export interface MachineCosts {
  /** Billed transitions; what faults of the platform add is not counted. */
  readonly least: number;
  readonly most: number;
  /** Every state entered, every repetition of `loop` and `retry` that fits into its timeout. */
  readonly worstCaseEvents: number;
  /** The same without repetitions. */
  readonly eventsWithoutRetries: number;
}

/** Counts a lowered machine. */
export function countCosts(machine: LoweredMachine): MachineCosts {
  if (machine.nothingToDo !== undefined) {
    const events = EVENTS.execution + EVENTS.other;
    return { least: 1, most: 1, worstCaseEvents: events, eventsWithoutRetries: events };
  }
  const steps = machine.stages.flatMap(stepsOf);
  const retryEvents = sum(steps.map(retryEventsOf));
  const events =
    EVENTS.execution + sum(machine.stages.map(eventsOf)) + (machine.endOfRun === undefined ? 0 : EVENTS.callback);
  const most = sum(machine.stages.map((stage) => mostOf(stage))) + (machine.endOfRun === undefined ? 0 : 1);
  return { least: leastOf(machine), most, worstCaseEvents: events + retryEvents, eventsWithoutRetries: events };
}

/** Events that the repetitions of one action may add. */
export function retryEventsOf(step: LoweredStep): number {
  return step.kind === "task" ? step.mostRetries * EVENTS.retry : 0;
}

/** The steps of a stage. */
export function stepsOf(stage: LoweredStage): readonly LoweredStep[] {
  return stage.kind === "single" ? [stage.step] : stage.branches.map(({ step }) => step);
}

/** From the last stage to the first: the cheapest way on from each. */
function leastOf(machine: LoweredMachine): number {
  const end = machine.endOfRun === undefined ? 0 : 1;
  const costs = new Map<number, number>();
  const costFrom = (index: number) => costs.get(index) ?? end;
  for (const [index, stage] of [...machine.stages.entries()].reverse()) {
    const entered = stage.kind === "parallel" ? 1 + sum(stepsOf(stage).map(statesOf)) : statesOf(stage.step);
    const ways = [entered + costFrom(index + 1)];
    // A failure ends the machine at the first state of the step, or goes on from there.
    if (stage.kind === "single" && stage.step.kind !== "wait") {
      ways.push(stage.onFailure === undefined ? 1 : 1 + costFrom(stage.onFailure));
    }
    costs.set(index, Math.min(...ways));
  }
  return costFrom(0);
}

function mostOf(stage: LoweredStage): number {
  const retries = sum(stepsOf(stage).map((step) => (step.kind === "task" ? step.mostRetries : 0)));
  return (stage.kind === "parallel" ? 1 : 0) + sum(stepsOf(stage).map(statesOf)) + retries;
}

function statesOf(step: LoweredStep): number {
  return step.kind === "gatedWait" ? 2 : 1;
}

function eventsOf(stage: LoweredStage): number {
  const steps = sum(stepsOf(stage).map(stepEventsOf));
  if (stage.kind === "single") return steps;
  return EVENTS.parallel + steps + stage.branches.filter(({ caught }) => caught !== undefined).length * EVENTS.other;
}

function stepEventsOf(step: LoweredStep): number {
  if (step.kind === "wait") return EVENTS.other;
  if (step.kind === "gatedWait") return EVENTS.request + EVENTS.other;
  return step.node.traits.integration === "callback" ? EVENTS.callback : EVENTS.request;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
