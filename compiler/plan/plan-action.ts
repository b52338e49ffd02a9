import { directoriesOf, keyOf } from "../graph/build-graph.ts";
import type { ActionNode, PipelineGraph, Step } from "../graph/pipeline-graph.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import { paramEnvName } from "../keys/param-env-name.ts";
import { actionTimeoutOf } from "../lower/timeouts.ts";
import type { ActionType } from "../model/action-type.ts";
import type { Action, LoopStrategy, Resources } from "../model/pipeline.ts";
import type { RewrittenCommands } from "../shell/rewrite-commands.ts";
import { shellOf } from "../shell/shell-of.ts";
import type { PlanAction, PlanActionSummary, PlanValue } from "./plan.ts";
import { type PlanValues, planConstant } from "./plan-values.ts";

/** What the plans of all actions share. */
export interface PlanScope {
  readonly graph: PipelineGraph;
  readonly envs: PlanAction["envs"];
  /** Rewritten commands of each action that has some. */
  readonly scripts: ReadonlyMap<Action, RewrittenCommands>;
  readonly values: PlanValues;
}

/**
 * Everything that execute-action and the agent must know of one action. Which of its `namespaces` are stored is known
 * when all actions have said what they restore; until then it is none.
 */
export function planAction({ node, wait }: Step, isBranch: boolean, scope: PlanScope): PlanAction {
  const { graph, values } = scope;
  const { action, type } = node;
  if (!type) throw new InternalCompilerError(`The type of "${action.alias.value}" is not known.`);
  const commands = scope.scripts.get(action);
  // Written out, without a spread: so an object of this many members takes a fifth of the memory.
  return {
    key: node.key,
    alias: action.alias.value,
    type: action.type.value,
    stage: node.stage,
    disabled: action.disabled,
    native: wait?.kind === "fixed",
    conditional: action.condition !== undefined,
    typeVersion: action.typeVersion?.value ?? type.version,
    description: action.description,
    labels: Object.fromEntries(action.labels.map(({ key, value }) => [key, values.value(value)])),
    kind: node.traits.kind,
    executor: node.executor,
    image: planImage(node, values) ?? type.image,
    shell: shellOf(action.shell?.value).argv,
    typeScript: type.script,
    script: commands && {
      text: commands.text,
      language: commands.language,
      variables: commands.variables.map(({ name, reference }) => ({ name, value: values.reference(reference) })),
    },
    params: planParams(action, type, values),
    envs: scope.envs,
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
    // Behind all values that were turned.
    restores: values.takeDirectories().map((namespace) => {
      const producer = graph.producers.get(namespace);
      if (!producer) throw new InternalCompilerError(`Nobody leaves the directory "${namespace}" behind.`);
      return { namespace, key: keyOf(graph.keys, namespace), stored: true, action: producer.key };
    }),
    namespaces: directoriesOf(action).map((namespace) => ({
      namespace,
      key: keyOf(graph.keys, namespace),
      stored: false,
    })),
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

/** Params as written, then the type's defaults for those that are not. */
function planParams(action: Action, type: ActionType, values: PlanValues): PlanAction["params"] {
  const given = action.params.map(({ key, value }) => planParam(key, values.value(value)));
  const names = new Set(type.params.length === 0 ? [] : given.map(({ name }) => name));
  const defaults = type.params.flatMap(({ name, default: value }) =>
    value === undefined || names.has(name) ? [] : [planParam(name, planConstant(value))],
  );
  return [...given, ...defaults];
}

function planParam(name: string, value: PlanValue): PlanAction["params"][number] {
  return { name, env: paramEnvName(name), value };
}

/**
 * An image without references stays a text, so that plans say plainly what most of them hold. One with references is
 * left out where the executor starts no container: it would have to be rendered for nothing.
 */
function planImage({ action, traits }: ActionNode, values: PlanValues): PlanAction["image"] {
  const planned = action.image && values.value(action.image);
  if (planned?.kind === "literal") return String(planned.value);
  return planned?.kind === "template" && traits.usesImage ? planned : undefined;
}

function planStrategy({ maxTimes, ratio, limitSeconds, intervalSeconds }: LoopStrategy): LoopStrategy {
  return { maxTimes, ratio, limitSeconds, intervalSeconds };
}

function planResources(resources: Resources | undefined): PlanAction["resources"] {
  if (!resources) return {};
  return {
    ...(resources.cpu === undefined ? {} : { cpu: resources.cpu }),
    ...(resources.maxCpu === undefined ? {} : { maxCpu: resources.maxCpu }),
    ...(resources.memoryMb === undefined ? {} : { memoryMb: resources.memoryMb }),
    ...(resources.diskMb === undefined ? {} : { diskMb: resources.diskMb }),
  };
}
