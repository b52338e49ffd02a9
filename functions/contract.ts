import type { Permission } from "../actions/executors/contract.ts";

/** Environment variables that every function reads its runtime from. */
export const RUNTIME_ENVIRONMENT = {
  tableName: "SLUICE_TABLE",
  bucketName: "SLUICE_BUCKET",
  busName: "SLUICE_BUS",
  configPrefix: "SLUICE_CONFIG_PREFIX",
  agentApiUrl: "SLUICE_AGENT_API_URL",
  /** Name of the ECS executor, `ecs` by default; there is one where `SLUICE_ECS_CLUSTER` is set. */
  ecsExecutor: "SLUICE_ECS_EXECUTOR",
} as const;

/**
 * First part of the keys of objects, by what they are. Roles are limited to them, and the bucket's lifecycle ends what
 * only a run needs.
 */
export const OBJECT_PREFIXES = {
  plans: "plans",
  currentPlans: "pipelines",
  directories: "dirs",
  /** Outputs and params that are too large for a record. */
  largeValues: "values",
  files: "files",
  sealedConfigs: "configs",
} as const;

/**
 * Folders below the installation's prefix in Parameter Store: values of configs, contents of files (in base64), and
 * where in the bucket the encrypted content of either is that Parameter Store would not take.
 */
export const CONFIG_FOLDERS = { value: "configs", file: "config-files", sealed: "sealed-configs" } as const;

/** Name of the table's index of everything that `sweep` must look at again: `living` says what it is, `checkAt` when (ms). */
export const LIVING_INDEX = "living";

/** Calls that more than one function makes; each function's contract says which are its own. */
export const CALLS = {
  /** Runs, actions, attempts, outputs. */
  records: {
    actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
    on: "table",
  },
  plans: { actions: ["s3:GetObject"], on: "plans" },
  currentPlan: { actions: ["s3:GetObject"], on: "currentPlans" },
  largeValues: { actions: ["s3:GetObject", "s3:PutObject"], on: "largeValues" },
  configs: { actions: ["ssm:GetParameters"], on: "configs" },
  sealedConfigs: { actions: ["s3:GetObject"], on: "sealedConfigs" },
  answers: { actions: ["states:SendTaskFailure", "states:SendTaskSuccess"], on: "machines" },
  executions: { actions: ["states:DescribeExecution"], on: "executions" },
  events: { actions: ["events:PutEvents"], on: "bus" },
} as const satisfies { readonly [name: string]: Permission };
