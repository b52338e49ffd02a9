import { directoriesOf, keyOf } from "../graph/build-graph.ts";
import type { ActionNode, PipelineGraph, Step } from "../graph/pipeline-graph.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import { actionTimeoutOf } from "../lower/timeouts.ts";
import type { Action, EnvEntry, LoopStrategy, Resources } from "../model/pipeline.ts";
import type { RewrittenCommands } from "../shell/rewrite-commands.ts";
import { shellOf } from "../shell/shell-of.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { PlanAction, PlanActionSummary, PlanDirectory } from "./plan.ts";
import { createPlanValues, type PlanValues, planConstant } from "./plan-values.ts";

/** What the plans of all actions share. */
export interface PlanScope {
  readonly file: SourceFile;
  readonly graph: PipelineGraph;
  readonly envs: readonly EnvEntry[];
  /** Rewritten commands of each action that has some. */
  readonly scripts: ReadonlyMap<Action, RewrittenCommands>;
}

/** An action's plan but for what only the plans of all actions tell: which of its directories are stored. */
interface PlannedAction extends Omit<PlanAction, "namespaces"> {
  readonly directories: readonly Omit<PlanDirectory, "stored">[];
}

/** Everything that execute-action and the agent must know of one action. */
export function planAction(step: Step, isBranch: boolean, scope: PlanScope): PlannedAction {
  const { node, wait } = step;
  const { action, type } = node;
  if (!type) throw new InternalCompilerError(`The type of "${action.alias.value}" is not known.`);
  const values = createPlanValues(scope.file, scope.graph.keys);
  const commands = scope.scripts.get(action);
  const own = directoriesOf(action);
  return {
    ...summarizeAction(node, wait?.kind === "fixed"),
    typeVersion: action.typeVersion?.value ?? type.version,
    description: action.description,
    labels: Object.fromEntries(action.labels.map(({ key, value }) => [key, values.value(value)])),
    kind: node.traits.kind,
    executor: node.executor,
    image: action.image?.value ?? type.image,
    shell: shellOf(action.shell?.value).argv,
    typeScript: type.script,
    script: commands && {
      text: commands.text,
      variables: commands.variables.map(({ name, reference }) => ({ name, value: values.reference(reference) })),
    },
    params: planParams(step, values),
    envs: scope.envs.map(({ name, value }) => ({ name: name.value, value: values.value(value) })),
    condition: action.condition && values.expression(action.condition),
    loop: action.loop && {
      break: action.loop.break && values.expression(action.loop.break),
      strategy: planStrategy(action.loop.strategy),
    },
    retry: action.retry && planStrategy(action.retry),
    timeoutSeconds: actionTimeoutOf(action),
    resources: planResources(action.resources),
    wait: wait?.kind === "gated" ? values.value(wait.seconds) : undefined,
    onFailure: isBranch ? "report" : "raise",
    directories: own.map((namespace) => ({ namespace, key: keyOf(scope.graph.keys, namespace) })),
    // Last, when all values have been turned.
    restores: [...values.directories].flatMap((namespace) => {
      const producer = scope.graph.producers.get(namespace);
      if (!producer || own.includes(namespace)) return [];
      return [{ namespace, key: keyOf(scope.graph.keys, namespace), stored: true, action: producer.key }];
    }),
  };
}

/** An action's line in the index of a plan. */
export function summarizeAction({ action, key, stage }: ActionNode, native: boolean): PlanActionSummary {
  return {
    key,
    alias: action.alias.value,
    type: action.type.value,
    stage,
    disabled: action.disabled,
    native,
    conditional: action.condition !== undefined,
  };
}

/**
 * Environment variable of a param: `ACTION_`, upper case, anything but letters, digits and `_` becomes `_`.
 * Source: reference/erda.md 1.18.
 */
export function paramEnvName(param: string): string {
  return `ACTION_${param.toUpperCase().replace(/[^A-Z0-9_]/g, "_")}`;
}

/** Params as written, then the type's defaults for those that are not. */
function planParams({ node }: Step, values: PlanValues): PlanAction["params"] {
  const given = node.action.params.map(({ key, value }) => ({ name: key, value: values.value(value) }));
  const names = new Set(given.map(({ name }) => name));
  const defaults = (node.type?.params ?? []).flatMap(({ name, default: value }) =>
    value === undefined || names.has(name) ? [] : [{ name, value: planConstant(value) }],
  );
  return [...given, ...defaults].map(({ name, value }) => ({ name, env: paramEnvName(name), value }));
}

function planStrategy({ maxTimes, ratio, limitSeconds, intervalSeconds }: LoopStrategy): LoopStrategy {
  return { maxTimes, ratio, limitSeconds, intervalSeconds };
}

function planResources(resources: Resources | undefined): PlanAction["resources"] {
  return {
    ...(resources?.cpu === undefined ? {} : { cpu: resources.cpu }),
    ...(resources?.maxCpu === undefined ? {} : { maxCpu: resources.maxCpu }),
    ...(resources?.memoryMb === undefined ? {} : { memoryMb: resources.memoryMb }),
    ...(resources?.diskMb === undefined ? {} : { diskMb: resources.diskMb }),
  };
}
