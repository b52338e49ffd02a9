import type { CompileContext } from "../context.ts";
import { pipelineNameFromFile } from "../keys/pipeline-key.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import { positionOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import { findReferences } from "../validate/find-references.ts";
import { placeActions } from "../validate/placed-action.ts";
import { buildGraph } from "./build-graph.ts";
import type { ActionNode, PipelineGraph, Step } from "./pipeline-graph.ts";

/** A pipeline as boxes and arrows. Plain JSON; `sluice graph --format json` prints it. */
export interface PipelineDiagram {
  readonly name: string;
  /** Every action in the order of the file, also disabled ones. */
  readonly actions: readonly DiagramAction[];
  readonly edges: readonly DiagramEdge[];
}

/** One box. */
export interface DiagramAction {
  readonly key: string;
  readonly alias: string;
  readonly type: string;
  readonly executor: string;
  /** From 1, as in the file. */
  readonly stage: number;
  readonly disabled: boolean;
  /** Text of the `if`. */
  readonly if?: string;
  /** `maxTimes` -1 is without limit. */
  readonly loop?: { readonly until: string; readonly maxTimes: number };
  readonly retry?: { readonly maxTimes: number };
  /** Present for a `wait`; its seconds are `null` where they are known only in the run. */
  readonly wait?: { readonly seconds: number | null };
  readonly line: number;
  readonly column: number;
}

/** One arrow. `next` and `failure` lead from stage to stage, the others from the key of an action to that of another. */
export type DiagramEdge =
  | { readonly kind: "next" | "failure"; readonly from: number; readonly to: number }
  | { readonly kind: "value" | "file"; readonly from: string; readonly to: string; readonly names: readonly string[] };

/** What `loop` ends with where it says nothing. Source: reference/erda.md 1.7. */
const DEFAULT_BREAK = "task_status == 'Success'";

/**
 * Draws a pipeline that has compiled: its stages and actions, who needs whose outputs and files, and where a failure
 * jumps to. Throws `InternalCompilerError` on one that has not.
 */
export function drawPipeline(pipeline: Pipeline, context: CompileContext, file: SourceFile): PipelineDiagram {
  const graph = buildGraph(pipeline, context);
  const steps = new Map(graph.stages.flatMap((stage) => stage.steps).map((step) => [step.node, step]));
  return {
    name: pipeline.name?.value || pipelineNameFromFile(file.name),
    actions: graph.nodes.map((node) => drawAction(node, steps.get(node), file)),
    edges: [...sequence(graph), ...failures(graph), ...references(pipeline, graph, context)],
  };
}

function drawAction(node: ActionNode, step: Step | undefined, file: SourceFile): DiagramAction {
  const { action, executor, key, stage } = node;
  const { alias, condition, disabled, loop, retry, span, type } = action;
  const wait = step?.wait;
  return {
    key,
    alias: alias.value,
    type: type.value,
    executor,
    stage: stage + 1,
    disabled,
    ...(condition ? { if: condition.text } : {}),
    ...(loop ? { loop: { until: loop.break?.text ?? DEFAULT_BREAK, maxTimes: loop.strategy.maxTimes } } : {}),
    ...(retry ? { retry: { maxTimes: retry.maxTimes } } : {}),
    ...(wait ? { wait: { seconds: secondsOf(wait) } } : {}),
    ...positionOf(file, span.start),
  };
}

function secondsOf(wait: NonNullable<Step["wait"]>): number | null {
  if (wait.kind === "fixed") return wait.seconds;
  const { seconds } = wait;
  return seconds.kind === "literal" && typeof seconds.value === "number" ? seconds.value : null;
}

/** All stages with actions, also those in which all are disabled: such a stage is passed through. */
function sequence({ nodes }: PipelineGraph): readonly DiagramEdge[] {
  const numbers = [...new Set(nodes.map(({ stage }) => stage + 1))];
  return numbers.flatMap((from, index): readonly DiagramEdge[] => {
    const to = numbers[index + 1];
    return to === undefined ? [] : [{ kind: "next", from, to }];
  });
}

function failures({ stages }: PipelineGraph): readonly DiagramEdge[] {
  return stages.flatMap(({ number, onFailure }): readonly DiagramEdge[] => {
    const target = onFailure === undefined ? undefined : stages[onFailure];
    return target ? [{ kind: "failure", from: number + 1, to: target.number + 1 }] : [];
  });
}

/** One arrow per pair of actions and kind, with all that the one takes from the other. */
function references(pipeline: Pipeline, graph: PipelineGraph, context: CompileContext): readonly DiagramEdge[] {
  const byAction = new Map<Action, ActionNode>(graph.nodes.map((node) => [node.action, node]));
  const byAlias = new Map(graph.nodes.map((node) => [node.action.alias.value, node]));
  const edges = new Map<string, Extract<DiagramEdge, { readonly names: unknown }>>();
  for (const { from, reference } of findReferences(pipeline, placeActions(pipeline, context))) {
    const reader = from && byAction.get(from.action);
    const isValue = reference.kind === "output";
    if (!reader || (!isValue && reference.kind !== "dir")) continue;
    const source = isValue ? byAlias.get(reference.action) : graph.producers.get(reference.namespace);
    if (!source || source === reader) continue;
    const kind = isValue ? "value" : "file";
    const name = isValue ? reference.output : reference.namespace;
    const identity = `${kind} ${source.key} ${reader.key}`;
    const names = edges.get(identity)?.names ?? [];
    if (names.includes(name)) continue;
    edges.set(identity, { kind, from: source.key, to: reader.key, names: [...names, name] });
  }
  return [...edges.values()];
}
