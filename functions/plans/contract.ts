/** Keys of the objects that hold plans; the same for whoever uploads them (`publishPlan`, `cdk/`). */
export const planObjects = {
  /** `PlanIndex` as JSON. */
  index: (hash: string) => `plans/${hash}/plan.json`,
  /** `PlanAction` as JSON. */
  action: (hash: string, key: string) => `plans/${hash}/actions/${key}.json`,
  /** `CurrentPlan` as JSON: what a run gets that names no plan. */
  current: (pipeline: string) => `pipelines/${pipeline}/current.json`,
} as const;
