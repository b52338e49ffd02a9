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
  /** Objects by their prefix (`OBJECT_PREFIXES` of `functions/contract.ts`). */
  | "plans"
  | "currentPlans"
  | "directories"
  | "largeValues"
  | "files"
  | "sealedConfigs"
  /** The event bus of our own. */
  | "bus"
  /** Parameters below the installation's prefix. */
  | "configs"
  /** State machines of the installation, and their executions. */
  | "machines"
  | "executions"
  /** Task definitions with the ECS executor's family prefix; tasks of its cluster; the two roles of a task. */
  | "taskDefinitions"
  | "tasks"
  | "roles";

/** `cluster`: the call names the installation's cluster. `passedToEcsTasks`: the role goes to ECS tasks and nothing else. */
export type PermissionCondition = "cluster" | "passedToEcsTasks";
