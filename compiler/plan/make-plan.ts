import { canonicalBytes } from "../canonical-json.ts";
import type { PipelineGraph } from "../graph/pipeline-graph.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import { sha256Hex } from "../sha256.ts";
import type { RewrittenCommands } from "../shell/rewrite-commands.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Plan, PlanAction } from "./plan.ts";
import { planAction, summarizeAction } from "./plan-action.ts";
import { planSchedule } from "./plan-schedule.ts";
import { createPlanValues } from "./plan-values.ts";

/** Names under which a plan is kept. */
export interface PlanIdentity {
  /** Pipeline key. */
  readonly pipeline: string;
  /** As written, or the file's base name. */
  readonly name: string;
}

/**
 * Everything that a user wrote and the machine does not hold. `scripts` are the rewritten commands of its actions.
 * Disabled actions stand in `order` only.
 */
export function makePlan(
  pipeline: Pipeline,
  graph: PipelineGraph,
  scripts: ReadonlyMap<Action, RewrittenCommands>,
  identity: PlanIdentity,
  file: SourceFile,
): Plan {
  const values = createPlanValues(file, graph.keys);
  const envs = pipeline.envs.map(({ name, value }) => ({ name: name.value, value: values.value(value) }));
  const scope = { graph, envs, scripts, values };
  const planned = graph.stages.flatMap(({ steps }) => steps.map((step) => planAction(step, steps.length > 1, scope)));
  // Which directories are stored is known when everyone has said what it restores.
  const used = new Set(planned.flatMap(({ restores }) => restores.map(({ namespace }) => namespace)));
  const actions = planned.map((action) =>
    action.namespaces.some(({ namespace }) => used.has(namespace)) ? withStored(action, used) : action,
  );
  const natives = new Set(actions.filter(({ native }) => native).map(({ key }) => key));
  return {
    format: 1,
    ...identity,
    file: file.name,
    params: pipeline.params.map(({ name, type, required, default: value }) => ({
      name: name.value,
      type,
      required,
      default: value && values.value(value),
    })),
    ...(pipeline.schedule === undefined ? {} : { schedule: planSchedule(pipeline.schedule) }),
    outputs: pipeline.outputs.map(({ name, ref }) => ({ name: name.value, value: values.value(ref) })),
    order: graph.nodes.map((node) => summarizeAction(node, natives.has(node.key))),
    actions,
  };
}

function withStored(action: PlanAction, used: ReadonlySet<string>): PlanAction {
  const namespaces = action.namespaces.map((directory) => ({ ...directory, stored: used.has(directory.namespace) }));
  return { ...action, namespaces };
}

/** Content address of a plan: SHA-256 of its canonical JSON, hex. */
export function hashPlan(plan: Plan): string {
  return sha256Hex(canonicalBytes(plan));
}
