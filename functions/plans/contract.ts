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
} as const;

/** The objects of a plan: key -> JSON text. A function reads the index, and of the actions only those that it needs. */
export function planDocuments({ actions, ...index }: Plan, planHash: string): { readonly [key: string]: string } {
  return Object.fromEntries([
    [planObjects.index(planHash), JSON.stringify(index)],
    ...actions.map((action) => [planObjects.action(planHash, action.key), JSON.stringify(action)]),
  ]);
}
