import { type CompileContext, chooseExecutor, type ExecutorKindTraits } from "../context.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import { assignNameKeys } from "../keys/name-keys.ts";
import type { ActionType } from "../model/action-type.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import { planFailureFlow } from "./failure-flow.ts";
import type { ActionNode, PipelineGraph } from "./pipeline-graph.ts";

/**
 * Orders a validated pipeline: who runs with whom, where a failure goes on, who needs whose directories. Throws
 * `InternalCompilerError` on what validation must have refused.
 */
export function buildGraph(pipeline: Pipeline, context: CompileContext): PipelineGraph {
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
        ...executorOf(action, type, pipeline, context),
      };
    }),
  );
  const enabled = nodes.filter(({ action }) => !action.disabled);
  const nodesOf = Map.groupBy(enabled, ({ stage }) => stage);
  const byStage = pipeline.stages.flatMap((source, number) => {
    const own = nodesOf.get(number);
    return own ? [{ number, source, nodes: own }] : [];
  });
  const producers = new Map(
    enabled.flatMap((node) => directoriesOf(node.action).map((namespace) => [namespace, node] as const)),
  );
  const stages = planFailureFlow(byStage);
  return { nodes, stages, keys, producers };
}

/** Directories that an action leaves behind: the one named by its alias first. */
export function directoriesOf(action: Action): readonly string[] {
  const alias = action.alias.value;
  return action.namespaces.length === 0
    ? [alias]
    : [...new Set([alias, ...action.namespaces.map(({ value }) => value)])];
}

/** The key of an alias or namespace of the pipeline. */
export function keyOf(keys: ReadonlyMap<string, string>, name: string): string {
  const key = keys.get(name);
  if (key === undefined) throw new InternalCompilerError(`No action or directory is called "${name}".`);
  return key;
}

/** Only a disabled action may name an executor that does not exist: it gets the default one. */
function executorOf(
  action: Action,
  type: ActionType | undefined,
  pipeline: Pipeline,
  context: CompileContext,
): Pick<ActionNode, "executor" | "executorReason" | "traits"> {
  const { name: named, reason } = chooseExecutor(action, type, pipeline, context);
  if (reason === "native") return { executor: named, executorReason: reason, traits: traitsOf(named, context) };
  const isMissing = action.disabled && !context.executors.has(named);
  const name = isMissing ? context.defaultExecutor : named;
  const declaration = context.executors.get(name);
  if (!declaration) throw new InternalCompilerError(`There is no executor "${name}".`);
  const traits = traitsOf(declaration.kind, context);
  return { executor: name, executorReason: isMissing ? "installation" : reason, traits };
}

function traitsOf(kind: string, context: CompileContext): ExecutorKindTraits {
  const traits = context.kinds.get(kind);
  if (!traits) throw new InternalCompilerError(`There is no executor kind "${kind}".`);
  return traits;
}
