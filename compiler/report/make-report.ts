import type { EmittedMachine } from "../emit/emit-machine.ts";
import type { PipelineGraph } from "../graph/pipeline-graph.ts";
import type { LoweredMachine, LoweredStage } from "../lower/lowered.ts";
import { positionOf, rangeOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import { type MachineCosts, stepsOf } from "./costs.ts";
import { countTransitions } from "./count-transitions.ts";
import type { Report } from "./report.ts";

/** What is reported of a compilation, beside its artefacts. */
export interface ReportInput {
  readonly graph: PipelineGraph;
  readonly lowered: LoweredMachine;
  readonly machine: EmittedMachine;
  readonly costs: MachineCosts;
  readonly planHash: string;
  readonly file: SourceFile;
}

/** What a compilation costs and where each state comes from. */
export function makeReport({ graph, lowered, machine, costs, planHash, file }: ReportInput): Report {
  const origins = lowered.stages.flatMap(originsOf);
  const states = new Map(lowered.stages.flatMap(stepsOf).map(({ node, state }) => [node.key, state]));
  const ours = [lowered.endOfRun, lowered.nothingToDo].filter((name) => name !== undefined).length;
  return {
    machine: { name: machine.name, hash: machine.hash, states: origins.length + ours, bytes: machine.bytes },
    planHash,
    transitions: { least: costs.least, most: costs.most, success: countTransitions(machine.definition, {}) },
    worstCaseEvents: costs.worstCaseEvents,
    actions: graph.nodes.map(({ action, executor, executorReason, key, traits }) => ({
      key,
      alias: action.alias.value,
      state: states.get(key) ?? null,
      kind: traits.kind,
      executor,
      executorReason,
      ...positionOf(file, action.span.start),
    })),
    sourceMap: Object.fromEntries(
      origins.map(([state, span]) => {
        const { start, end } = rangeOf(file, withoutTrailingSpace(file, span));
        return [state, { line: start.line, column: start.column, endLine: end.line, endColumn: end.column }];
      }),
    ),
  };
}

/** A block of YAML ends where the next one starts; what a reader sees ends with its last character. */
function withoutTrailingSpace({ text }: SourceFile, { start, end }: Span): Span {
  let last = end;
  while (last > start && " \n\r\t".includes(text.charAt(last - 1))) last--;
  return { start, end: last };
}

function originsOf(stage: LoweredStage): readonly (readonly [state: string, span: Span])[] {
  const steps = stepsOf(stage).flatMap((step) =>
    [step.state, ...(step.kind === "gatedWait" ? [step.wait] : [])].map(
      (state) => [state, step.node.action.span] as const,
    ),
  );
  if (stage.kind === "single") return steps;
  const caught = stage.branches.flatMap(({ caught: state, step }) =>
    state === undefined ? [] : [[state, step.node.action.span] as const],
  );
  return [[stage.state, stage.span], ...steps, ...caught];
}
