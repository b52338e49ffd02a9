/**
 * What a function or an executor may call: declared beside the code that makes the calls (`functions/<name>/contract.ts`,
 * `actions/executors/<kind>/contract.ts`) and turned into IAM statements by `cdk/`, so that every role holds exactly
 * the calls that its function makes. The golden list per role stands in `test/fixtures/cdk/permissions.json`.
 */
export interface Permission {
  /** IAM actions, for example `dynamodb:GetItem`. */
  readonly actions: readonly string[];
  readonly on: PermissionPlace;
  readonly condition?: PermissionCondition;
}

/** What calls are made on; `cdk/` knows the ARNs. */
export type PermissionPlace =
  /** Calls that know no resources. */
  | "everything"
  /** The one table, and its index of what `sweep` must look at again. */
  | "table"
  | "livingIndex"
  /** The table's two indexes of runs, newest last: of all, and of a pipeline. */
  | "listedRuns"
  /** Objects by their prefix (`OBJECT_PREFIXES` of `functions/contract.ts`). */
  | "plans"
  | "currentPlans"
  | "directories"
  | "largeValues"
  | "files"
  | "sealedConfigs"
  /** The bucket itself, to list what it holds. */
  | "bucket"
  /** The event bus of our own. */
  | "bus"
  /** Parameters below the installation's prefix. */
  | "configs"
  /** Secrets of Secrets Manager below the installation's prefix, and the parameters by which they are read. */
  | "secrets"
  | "secretReferences"
  /** The parameters that declare executors, and the folder that they are in. */
  | "executors"
  /** State machines of the installation, and their executions. */
  | "machines"
  | "executions"
  /** The role that machines of submitted pipelines run with. */
  | "machineRole"
  /** Schedules of the installation's group, and the role by which they call `start-scheduled-run`. */
  | "schedules"
  | "scheduleRole"
  /** Parameters with the URLs and keys of notifications, their topics, and the queue in front of `notify`. */
  | "notificationSecrets"
  | "notificationTopics"
  | "notificationQueue"
  /** Log groups that executors let attempts write to. */
  | "attemptLogs"
  /** Task definitions with the ECS executor's family prefix; tasks of its cluster; the two roles of a task. */
  | "taskDefinitions"
  | "tasks"
  | "roles"
  /** Clusters of the EKS executors, and the roles that they name for clusters of other accounts. */
  | "eksClusters"
  | "eksRoles";

/**
 * `cluster`: the call names the installation's cluster. `passedToEcsTasks`, `passedToStates`, `passedToScheduler`: the role goes to ECS
 * tasks, to state machines, to schedules, and to nothing else. `currentPlans`: only the objects of that prefix are listed.
 */
export type PermissionCondition =
  | "cluster"
  | "passedToEcsTasks"
  | "passedToStates"
  | "passedToScheduler"
  | "currentPlans";
