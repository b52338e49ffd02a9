import { ArnFormat, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Permission, PermissionCondition, PermissionPlace } from "../../actions/executors/contract.ts";
import { ECS_FAMILY_PREFIX } from "../../actions/executors/ecs/contract.ts";
import { CONFIG_FOLDERS, LIVING_INDEX, OBJECT_PREFIXES } from "../../functions/contract.ts";
import type { Grant } from "./grant.ts";

/** The parts of an installation that permissions are about. */
export interface PermissionParts {
  readonly tableArn: string;
  readonly bucketArn: string;
  readonly busArn: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  /** The roles that a task gets. */
  readonly taskRoleArns: readonly string[];
  /** Prefix of the names of state machines. */
  readonly machinePrefix: string;
  /** Prefix of the names of parameters, with a slash in front and none behind. */
  readonly configPrefix: string;
}

/** ARNs, and why one of them holds a wildcard. */
type Place = Pick<Grant, "resources" | "wildcardReason">;

/** Turns what the code declares into grants on the parts of one installation. */
export function installationPermissions(
  scope: Construct,
  parts: PermissionParts,
): (permissions: readonly Permission[]) => readonly Grant[] {
  const arn = (service: string, resource: string, resourceName: string, arnFormat: ArnFormat): string =>
    Stack.of(scope).formatArn({ service, resource, resourceName, arnFormat });
  const { COLON_RESOURCE_NAME: colon, SLASH_RESOURCE_NAME: slash } = ArnFormat;
  const objects = (prefix: string, wildcardReason: string): Place => ({
    resources: [`${parts.bucketArn}/${prefix}/*`],
    wildcardReason,
  });
  const places: { readonly [place in PermissionPlace]: Place } = {
    everything: { resources: ["*"], wildcardReason: "X-Ray's calls, and these to ECS, know no resources." },
    table: { resources: [parts.tableArn] },
    livingIndex: { resources: [`${parts.tableArn}/index/${LIVING_INDEX}`] },
    plans: objects(
      OBJECT_PREFIXES.plans,
      "A plan is named by its hash, and plans come with every deployment of a pipeline.",
    ),
    currentPlans: objects(OBJECT_PREFIXES.currentPlans, "One object for each pipeline of the installation."),
    directories: objects(
      OBJECT_PREFIXES.directories,
      "A directory is named by the hash of its content, which nobody knows before.",
    ),
    largeValues: objects(OBJECT_PREFIXES.largeValues, "One object for each large param and output of each run."),
    sealedConfigs: objects(OBJECT_PREFIXES.sealedConfigs, "A sealed config is named by the hash of what is stored."),
    files: objects(OBJECT_PREFIXES.files, "A file is named by the hash of its content, which nobody knows before."),
    bus: { resources: [parts.busArn] },
    configs: {
      resources: [
        arn("ssm", "parameter", `${parts.configPrefix.slice(1)}/${CONFIG_FOLDERS.value}/*`, slash),
        arn("ssm", "parameter", `${parts.configPrefix.slice(1)}/${CONFIG_FOLDERS.file}/*`, slash),
        arn("ssm", "parameter", `${parts.configPrefix.slice(1)}/${CONFIG_FOLDERS.sealed}/*`, slash),
      ],
      wildcardReason: "Configs are named by whoever runs the installation; these three prefixes hold nothing else.",
    },
    machines: {
      resources: [arn("states", "stateMachine", `${parts.machinePrefix}*`, colon)],
      wildcardReason: "The machines of the installation, which other stacks may add to.",
    },
    executions: {
      resources: [arn("states", "execution", `${parts.machinePrefix}*`, colon)],
      wildcardReason: "The executions of the installation's machines.",
    },
    taskDefinitions: {
      resources: [arn("ecs", "task-definition", `${ECS_FAMILY_PREFIX}*`, slash)],
      wildcardReason: "The executor registers a family for each combination of image and size.",
    },
    tasks: {
      resources: [arn("ecs", "task", `${parts.clusterName}/*`, slash)],
      wildcardReason: "ECS names tasks; these are of the installation's cluster only.",
    },
    roles: { resources: parts.taskRoleArns },
  };
  const conditions: { readonly [condition in PermissionCondition]: NonNullable<Grant["conditions"]> } = {
    cluster: { ArnEquals: { "ecs:cluster": parts.clusterArn } },
    passedToEcsTasks: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
  };
  return (permissions) =>
    permissions.map(({ actions, on, condition }) => ({
      actions,
      ...places[on],
      conditions: condition === undefined ? undefined : conditions[condition],
    }));
}
