import type { Permission } from "../actions/executors/contract.ts";

/** Environment variables that every function reads its runtime from. */
export const RUNTIME_ENVIRONMENT = {
  tableName: "SLUICE_TABLE",
  bucketName: "SLUICE_BUCKET",
  busName: "SLUICE_BUS",
  configPrefix: "SLUICE_CONFIG_PREFIX",
  agentApiUrl: "SLUICE_AGENT_API_URL",
  /** Kinds of executors that the function may work with, separated by commas; by default none. */
  executorKinds: "SLUICE_EXECUTOR_KINDS",
  /** Name of the executor of actions that name none; needed where pipelines are compiled. */
  defaultExecutor: "SLUICE_DEFAULT_EXECUTOR",
  /** Where the schedules of pipelines with `cron` are made; needed where plans are published. All four or none. */
  scheduleGroup: "SLUICE_SCHEDULE_GROUP",
  /** ARN of the role by which EventBridge Scheduler calls `start-scheduled-run`. */
  scheduleRole: "SLUICE_SCHEDULE_ROLE",
  /** ARN of the function `start-scheduled-run`. */
  scheduleTarget: "SLUICE_SCHEDULE_TARGET",
  /** ARN of the queue of ticks that could not be delivered. */
  scheduleDeadLetters: "SLUICE_SCHEDULE_DEAD_LETTERS",
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
 * Folders below the installation's prefix in Parameter Store: values of configs, contents of files (in base64), where in
 * the bucket the encrypted content of either is that Parameter Store would not take, and names of secrets in AWS Secrets
 * Manager.
 */
export const CONFIG_FOLDERS = {
  value: "configs",
  file: "config-files",
  sealed: "sealed-configs",
  secret: "secrets-manager",
} as const;

/**
 * The same folders again, for one pipeline alone: `<prefix>/pipelines/<pipeline>/configs/<key>`. What stands there wins
 * over the installation's own.
 */
export const PIPELINE_CONFIGS_FOLDER = "pipelines";

/**
 * Folder below the installation's prefix in Parameter Store that declares its executors, one JSON `String` parameter
 * each: `/<prefix>/executors/<name>` (`executorDeclaration` of `actions/index.ts` is its schema).
 */
export const EXECUTOR_FOLDER = "executors";

/** Name of the parameter that declares an executor. */
export function executorParameterName(configPrefix: string, name: string): string {
  return `${configPrefix}/${EXECUTOR_FOLDER}/${name}`;
}

/** Name of the table's index of everything that `sweep` must look at again: `living` says what it is, `checkAt` when (ms). */
export const LIVING_INDEX = "living";

/**
 * The table's indexes of runs: of all, and of each pipeline. Their sort key `listedAt` is when a run was made, with its
 * id. They hold what a list of runs shows (`LISTED_ATTRIBUTES`), so that a page of it is one query.
 */
export const LISTED_INDEXES = {
  all: { name: "listed", key: "listed" },
  ofPipeline: { name: "listed-of-pipeline", key: "pipeline" },
} as const;

/** Attributes of a run that the indexes of runs hold beside the keys. */
export const LISTED_ATTRIBUTES = ["runId", "name", "status", "createdAt", "startedAt", "endedAt", "trigger"] as const;

/** Attribute of the table by which DynamoDB takes items away: seconds since the epoch. */
export const EXPIRY_ATTRIBUTE = "expiresAt";

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
  /** Secrets Manager is read through Parameter Store, which wants the caller to be allowed both. */
  secretReferences: { actions: ["ssm:GetParameters"], on: "secretReferences" },
  secrets: { actions: ["secretsmanager:GetSecretValue"], on: "secrets" },
  /** The declarations of executors, one by one. */
  executors: { actions: ["ssm:GetParameter"], on: "executors" },
  /** The declarations of all executors: what a pipeline is compiled against. */
  listExecutors: { actions: ["ssm:GetParametersByPath"], on: "executors" },
  answers: { actions: ["states:SendTaskFailure", "states:SendTaskSuccess"], on: "machines" },
  executions: { actions: ["states:DescribeExecution"], on: "executions" },
  events: { actions: ["events:PutEvents"], on: "bus" },
} as const satisfies { readonly [name: string]: Permission };
