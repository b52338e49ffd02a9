import { type CompileContext, type ExecutorKindTraits, executorNameOf } from "../context.ts";
import { createDiagnosticCollector, type DiagnosticCollector } from "../diagnostics/collector.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import { assignNameKeys } from "../keys/name-keys.ts";
import type { ActionType } from "../model/action-type.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import type { PhaseResult } from "../phase-result.ts";
import type { SourceFile } from "../source/source-file.ts";
import { planFailureFlow } from "./failure-flow.ts";
import type { ActionNode, PipelineGraph } from "./pipeline-graph.ts";

/**
 * Orders a validated pipeline: who runs with whom, where a failure goes on, who needs whose directories. Throws
 * `InternalCompilerError` on what validation must have refused.
 */
export function buildGraph(pipeline: Pipeline, context: CompileContext, file: SourceFile): PhaseResult<PipelineGraph> {
  const collector = createDiagnosticCollector(file);
  const keys = assignNameKeys(
    pipeline.stages.flatMap(({ actions }) => actions.flatMap((action) => directoriesOf(action))),
  );
  const nodes = pipeline.stages.flatMap(({ actions }, stage) =>
    actions.map((action): ActionNode => {
      const type = context.actionTypes.get(action.type.value);
      if (!type && !action.disabled) throw new InternalCompilerError(`Unknown action type "${action.type.value}".`);
      return {
        action,
        key: keyOf(keys, action.alias.value),
        stage,
        type,
        ...chooseExecutor(action, type, context, collector),
      };
    }),
  );
  const enabled = nodes.filter(({ action }) => !action.disabled);
  const nodesOf = Map.groupBy(enabled, ({ stage }) => stage);
  const byStage = pipeline.stages.flatMap((source, number) => {
    const own = nodesOf.get(number);
    return own ? [{ number, source, nodes: own }] : [];
  });
  const producers = new Map<string, ActionNode>();
  for (const node of enabled) {
    for (const namespace of directoriesOf(node.action)) if (!producers.has(namespace)) producers.set(namespace, node);
    if (node.type?.native) reportWithoutEffect(node.action, collector);
  }
  const stages = planFailureFlow(byStage);
  return { value: { nodes, stages, keys, producers }, diagnostics: collector.diagnostics };
}

/** Directories that an action leaves behind: the one named by its alias first. */
export function directoriesOf(action: Action): readonly string[] {
  return [...new Set([action.alias.value, ...action.namespaces.map(({ value }) => value)])];
}

/** The key of an alias or namespace of the pipeline. */
export function keyOf(keys: ReadonlyMap<string, string>, name: string): string {
  const key = keys.get(name);
  if (key === undefined) throw new InternalCompilerError(`No action or directory is called "${name}".`);
  return key;
}

/** Where the type's own executor does not exist, the default takes its place, so that the phase can go on. */
function chooseExecutor(
  action: Action,
  type: ActionType | undefined,
  context: CompileContext,
  collector: DiagnosticCollector,
): { readonly executor: string; readonly traits: ExecutorKindTraits } {
  let name = executorNameOf(action, type, context);
  if (type?.native) return { executor: name, traits: traitsOf(name, context) };
  if (!action.executor && type?.executor !== undefined && !context.executors.has(type.executor)) {
    const params = { type: type.name, executor: type.executor };
    if (!action.disabled) collector.report("lower/unknown-executor-of-type", action.type.span, params);
    name = context.defaultExecutor;
  }
  const declaration = context.executors.get(name);
  if (!declaration) throw new InternalCompilerError(`There is no executor "${name}".`);
  return { executor: name, traits: traitsOf(declaration.kind, context) };
}

function traitsOf(kind: string, context: CompileContext): ExecutorKindTraits {
  const traits = context.kinds.get(kind);
  if (!traits) throw new InternalCompilerError(`There is no executor kind "${kind}".`);
  return traits;
}

/** A state of Step Functions waits: there is nothing that could run commands, repeat or be timed out. */
function reportWithoutEffect(action: Action, collector: DiagnosticCollector): void {
  const { commands, executor, image, loop, retry, shell, timeoutSeconds } = action;
  for (const [key, field] of Object.entries({
    commands,
    executor,
    image,
    loop,
    retry,
    shell,
    timeout: timeoutSeconds,
  })) {
    if (field) collector.report("lower/no-effect-on-wait", field.span, { key, type: action.type.value });
  }
}
