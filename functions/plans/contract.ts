import type { Plan } from "../../compiler/index.ts";
import { OBJECT_PREFIXES } from "../contract.ts";

/** Keys of the objects that hold plans; the same for whoever uploads them (`publishPlan`, `cdk/`). */
export const planObjects = {
  /** `PlanIndex` as JSON. */
  index: (hash: string) => `${OBJECT_PREFIXES.plans}/${hash}/plan.json`,
  /** `PlanAction` as JSON. */
  action: (hash: string, key: string) => `${OBJECT_PREFIXES.plans}/${hash}/actions/${key}.json`,
  /** `CurrentPlan` as JSON: what a run gets that names no plan. */
  current: (pipeline: string) => `${OBJECT_PREFIXES.currentPlans}/${pipeline}/current.json`,
  /** What the keys of all `current` objects begin with. */
  currentPrefix: `${OBJECT_PREFIXES.currentPlans}/`,
  /** The pipeline of a `current` object; `undefined` for the key of another. */
  pipelineOf: (objectKey: string) =>
    new RegExp(`^${OBJECT_PREFIXES.currentPlans}/([^/]+)/current\\.json$`).exec(objectKey)?.[1],
} as const;

/**
 * The objects of a plan: key -> JSON text, the index last (`writeDocuments` keeps the order). A function reads the
 * index, and of the actions only those that it needs.
 */
export function planDocuments({ actions, ...index }: Plan, planHash: string): { readonly [key: string]: string } {
  return Object.fromEntries([
    ...actions.map((action) => [planObjects.action(planHash, action.key), JSON.stringify(action)]),
    [planObjects.index(planHash), JSON.stringify(index)],
  ]);
}
