import type { ExecutorKindTraits } from "../../../compiler/index.ts";
import type { Permission } from "../contract.ts";

/** ECS tasks. The start allowance covers waiting for capacity and pulling an image of some gigabytes on Fargate. */
export const ECS_KIND: ExecutorKindTraits = {
  kind: "ecs",
  integration: "callback",
  hasAgent: true,
  startAllowanceSeconds: 900,
  usesImage: true,
  functionPlaceholder: "${ExecuteActionEcs}",
};

/** Environment variables by which a deployed function is told its ECS executor. Lists are separated by commas. */
export const ECS_ENVIRONMENT = {
  cluster: "SLUICE_ECS_CLUSTER",
  subnets: "SLUICE_ECS_SUBNETS",
  securityGroups: "SLUICE_ECS_SECURITY_GROUPS",
  assignPublicIp: "SLUICE_ECS_ASSIGN_PUBLIC_IP",
  /** Comma-separated `name` or `name:weight`; empty: launch type FARGATE. */
  capacityProviders: "SLUICE_ECS_CAPACITY_PROVIDERS",
  executionRole: "SLUICE_ECS_EXECUTION_ROLE",
  taskRole: "SLUICE_ECS_TASK_ROLE",
  agentImage: "SLUICE_ECS_AGENT_IMAGE",
  /** Image of actions that name none. */
  defaultImage: "SLUICE_ECS_DEFAULT_IMAGE",
  logGroup: "SLUICE_ECS_LOG_GROUP",
} as const;

/** Task definitions of attempts are registered under families with this prefix; roles are limited to it. */
export const ECS_FAMILY_PREFIX = "sluice-";

/** `startedBy` of every task that this executor starts; rules on task events filter by it. */
export const ECS_STARTED_BY_PREFIX = "sluice-";

/** What a function must be allowed that only looks for attempts: `exist`, `status`, `inspect`. */
export const ECS_LOOK_PERMISSIONS: readonly Permission[] = [
  { actions: ["ecs:DescribeTasks"], on: "tasks", condition: "cluster" },
  // Its only resource is the container instance, of which Fargate has none.
  { actions: ["ecs:ListTasks"], on: "everything", condition: "cluster" },
];

/** What a function must be allowed that also ends attempts: `cancel`, `remove`. */
export const ECS_STOP_PERMISSIONS: readonly Permission[] = [
  ...ECS_LOOK_PERMISSIONS,
  { actions: ["ecs:StopTask"], on: "tasks", condition: "cluster" },
];

/** What an execute-action function of this kind calls. Source: reference/aws.md 5.4. */
export const ECS_PERMISSIONS: readonly Permission[] = [
  // Neither call knows resources: AWS, "Actions, resources, and condition keys for Amazon ECS".
  { actions: ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"], on: "everything" },
  { actions: ["ecs:RunTask"], on: "taskDefinitions", condition: "cluster" },
  { actions: ["iam:PassRole"], on: "roles", condition: "passedToEcsTasks" },
  ...ECS_STOP_PERMISSIONS,
];
