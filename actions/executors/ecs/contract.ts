import * as z from "zod";
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

/** The capacity providers that every cluster may have; all others are Auto Scaling groups or managed instances. */
const FARGATE_PROVIDERS: ReadonlySet<string> = new Set(["FARGATE", "FARGATE_SPOT"]);

/** One part of a capacity provider strategy. Source: API reference of ECS, CapacityProviderStrategyItem. */
const capacityProvider = z.strictObject({
  name: z.string().min(1),
  /** Share of the tasks beyond `base`. */
  weight: z.int().min(0).max(1000).default(1),
  /** Tasks that this one gets before the weights count. */
  base: z.int().min(0).max(100_000).default(0),
});

/**
 * A configured executor of the kind `ecs`: one cluster in one region, and how tasks are started in it. Stands as JSON in
 * the installation's parameter `/<prefix>/executors/<name>`.
 */
export const ecsExecutor = z
  .strictObject({
    kind: z.literal("ecs"),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, 'must be a region, for example "eu-central-1"'),
    /** Name or ARN. */
    cluster: z.string().min(1),
    /** What the tasks run on. Managed instances are reached by a capacity provider only. */
    launch: z.enum(["fargate", "ec2", "managedInstances"]).default("fargate"),
    /** Empty: the launch type itself. `FARGATE_SPOT` may interrupt a task, which is then told apart from a failure. */
    capacityProviders: z.array(capacityProvider).max(20).default([]),
    /** Architecture of the images, the agent's among them. */
    architecture: z.enum(["X86_64", "ARM64"]).default("X86_64"),
    subnets: z.array(z.string().min(1)).min(1).max(16),
    securityGroups: z.array(z.string().min(1)).max(5).default([]),
    /** Fargate only. Needed in public subnets, where a task reaches nothing without. */
    assignPublicIp: z.boolean().default(false),
    /** Pulls images and writes logs. */
    executionRoleArn: z.string().min(1),
    /** What the user's own code may do; absent: nothing. */
    taskRoleArn: z.string().min(1).exactOptional(),
    agentImage: z.string().min(1),
    /** Image of actions that name none. */
    defaultImage: z.string().min(1).exactOptional(),
    /** Group in CloudWatch Logs, in the same region. */
    logGroup: z.string().min(1),
  })
  .superRefine(({ launch, capacityProviders, assignPublicIp }, context) => {
    const refuse = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: "custom", path, message });
    if (launch !== "fargate" && assignPublicIp) {
      refuse("works on Fargate only", "assignPublicIp");
    }
    if (launch === "managedInstances" && capacityProviders.length === 0) {
      refuse("must name one: managed instances are reached by a capacity provider only", "capacityProviders");
    }
    for (const [at, { name }] of capacityProviders.entries()) {
      if (FARGATE_PROVIDERS.has(name) !== (launch === "fargate")) {
        refuse(`"${name}" does not go with the launch "${launch}"`, "capacityProviders", at, "name");
      }
    }
    if (capacityProviders.length > 0 && capacityProviders.every(({ weight }) => weight === 0)) {
      refuse("must have one with a weight above 0", "capacityProviders");
    }
    if (capacityProviders.filter(({ base }) => base > 0).length > 1) {
      refuse("may have one with a base only", "capacityProviders");
    }
  });

/** A configured executor of the kind `ecs`, with every default filled in. */
export type EcsExecutorConfiguration = Readonly<z.infer<typeof ecsExecutor>>;

/** What is written for an executor of the kind `ecs`: what has a default may be left out. */
export type EcsExecutorInput = z.input<typeof ecsExecutor>;

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
  // None of these calls knows resources: AWS, "Actions, resources, and condition keys for Amazon ECS".
  {
    actions: ["ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"],
    on: "everything",
  },
  { actions: ["ecs:RunTask"], on: "taskDefinitions", condition: "cluster" },
  { actions: ["iam:PassRole"], on: "roles", condition: "passedToEcsTasks" },
  ...ECS_STOP_PERMISSIONS,
];
