import { ArnFormat, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Permission, PermissionCondition, PermissionPlace } from "../../actions/executors/contract.ts";
import { ECS_FAMILY_PREFIX } from "../../actions/executors/ecs/contract.ts";
import {
  CONFIG_FOLDERS,
  EXECUTOR_FOLDER,
  LISTED_INDEXES,
  LIVING_INDEX,
  OBJECT_PREFIXES,
  PIPELINE_CONFIGS_FOLDER,
} from "../../functions/contract.ts";
import { NOTIFICATION_FOLDER } from "../../functions/notify/contract.ts";
import type { Grant } from "./grant.ts";
import type { UsedCluster } from "./installation-executors.ts";

/** The parts of an installation that permissions are about. */
export interface PermissionParts {
  readonly tableArn: string;
  readonly bucketArn: string;
  readonly busArn: string;
  readonly ecsClusters: readonly UsedCluster[];
  readonly eksClusters: readonly UsedCluster[];
  /** The roles that a task gets. */
  readonly taskRoleArns: readonly string[];
  /** The roles that executors take on for clusters of other accounts. */
  readonly eksRoleArns: readonly string[];
  /** Log groups of attempts, as ARNs of all of their streams. */
  readonly attemptLogArns: readonly string[];
  /** The role that machines of submitted pipelines run with. */
  readonly machineRoleArn: string;
  /** The role by which schedules call, and the name of their group. */
  readonly scheduleRoleArn: string;
  readonly scheduleGroupName: string;
  readonly notificationTopicArns: readonly string[];
  readonly notificationQueueArn: string;
  /** Prefix of the names of state machines. */
  readonly machinePrefix: string;
  /** Prefix of the names of parameters, with a slash in front and none behind. */
  readonly configPrefix: string;
}

/** ARNs, and why one of them holds a wildcard. */
type Place = Pick<Grant, "resources" | "wildcardReason">;

/**
 * Turns what the code declares into grants on the parts of one installation. What an installation has none of (clusters
 * of a kind, topics) gives no grant.
 */
export function installationPermissions(
  scope: Construct,
  parts: PermissionParts,
): (permissions: readonly Permission[]) => readonly Grant[] {
  const places = placesOf(scope, parts);
  const passedTo = (service: string) => ({ StringEquals: { "iam:PassedToService": `${service}.amazonaws.com` } });
  const conditions: { readonly [condition in PermissionCondition]: NonNullable<Grant["conditions"]> } = {
    cluster: { ArnEquals: { "ecs:cluster": parts.ecsClusters.map(({ arn }) => arn) } },
    passedToEcsTasks: passedTo("ecs-tasks"),
    passedToStates: passedTo("states"),
    passedToScheduler: passedTo("scheduler"),
    currentPlans: { StringLike: { "s3:prefix": `${OBJECT_PREFIXES.currentPlans}/*` } },
  };
  return (permissions) =>
    permissions
      .filter(({ on }) => places[on].resources.length > 0)
      .map(({ actions, on, condition }) => ({
        actions,
        ...places[on],
        conditions: condition === undefined ? undefined : conditions[condition],
      }));
}

function placesOf(scope: Construct, parts: PermissionParts): { readonly [place in PermissionPlace]: Place } {
  const { COLON_RESOURCE_NAME: colon, SLASH_RESOURCE_NAME: slash } = ArnFormat;
  const arn = (
    service: string,
    resource: string,
    resourceName: string,
    arnFormat: ArnFormat,
    region?: string,
  ): string =>
    Stack.of(scope).formatArn({
      service,
      resource,
      resourceName,
      arnFormat,
      ...(region === undefined ? {} : { region }),
    });
  const objects = (prefix: string, wildcardReason: string): Place => ({
    resources: [`${parts.bucketArn}/${prefix}/*`],
    wildcardReason,
  });
  const parameters = (...names: readonly string[]): readonly string[] =>
    names.map((name) => arn("ssm", "parameter", `${parts.configPrefix.slice(1)}/${name}`, slash));
  const ecsRegions = [...new Set(parts.ecsClusters.map(({ region }) => region))];
  return {
    everything: { resources: ["*"], wildcardReason: "X-Ray's calls, and these to ECS, know no resources." },
    table: { resources: [parts.tableArn] },
    livingIndex: { resources: [`${parts.tableArn}/index/${LIVING_INDEX}`] },
    listedRuns: { resources: Object.values(LISTED_INDEXES).map(({ name }) => `${parts.tableArn}/index/${name}`) },
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
    bucket: { resources: [parts.bucketArn] },
    bus: { resources: [parts.busArn] },
    configs: {
      resources: parameters(
        ...Object.values(CONFIG_FOLDERS).map((folder) => `${folder}/*`),
        `${PIPELINE_CONFIGS_FOLDER}/*`,
      ),
      wildcardReason: "Configs are named by whoever runs the installation; these prefixes hold nothing else.",
    },
    secretReferences: {
      resources: [arn("ssm", "parameter", `aws/reference/secretsmanager${parts.configPrefix}/*`, slash)],
      wildcardReason:
        "Secrets of the installation, as Parameter Store names them; only below the installation's prefix.",
    },
    secrets: {
      resources: [arn("secretsmanager", "secret", `${parts.configPrefix.slice(1)}/*`, colon)],
      wildcardReason: "Secrets are named by whoever runs the installation, below its prefix; their ARNs end at random.",
    },
    executors: {
      // The call that lists them is one on the folder itself.
      resources: parameters(EXECUTOR_FOLDER, `${EXECUTOR_FOLDER}/*`),
      wildcardReason: "Executors are named by whoever runs the installation; this prefix holds nothing else.",
    },
    notificationSecrets: {
      resources: parameters(`${NOTIFICATION_FOLDER}/*`),
      wildcardReason: "Notifications are named by whoever runs the installation; this prefix holds nothing else.",
    },
    notificationTopics: { resources: parts.notificationTopicArns },
    notificationQueue: { resources: [parts.notificationQueueArn] },
    machines: {
      resources: [arn("states", "stateMachine", `${parts.machinePrefix}*`, colon)],
      wildcardReason: "The machines of the installation, which submissions and other stacks add to.",
    },
    executions: {
      resources: [arn("states", "execution", `${parts.machinePrefix}*`, colon)],
      wildcardReason: "The executions of the installation's machines.",
    },
    machineRole: { resources: [parts.machineRoleArn] },
    schedules: {
      resources: [arn("scheduler", "schedule", `${parts.scheduleGroupName}/*`, slash)],
      wildcardReason: "The schedules of the installation's own group, which pipelines add to.",
    },
    scheduleRole: { resources: [parts.scheduleRoleArn] },
    attemptLogs: {
      resources: parts.attemptLogArns,
      wildcardReason: "ECS names the streams; these are of the executors' log groups only.",
    },
    taskDefinitions: {
      resources: ecsRegions.map((region) => arn("ecs", "task-definition", `${ECS_FAMILY_PREFIX}*`, slash, region)),
      wildcardReason: "The executor registers a family for each combination of image and size.",
    },
    tasks: {
      resources: parts.ecsClusters.map(({ name, region }) => arn("ecs", "task", `${name}/*`, slash, region)),
      wildcardReason: "ECS names tasks; these are of the installation's clusters only.",
    },
    roles: { resources: parts.taskRoleArns },
    eksClusters: { resources: parts.eksClusters.map(({ arn }) => arn) },
    eksRoles: { resources: parts.eksRoleArns },
  };
}
