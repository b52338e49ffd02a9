import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { DockerImageAsset, Platform } from "aws-cdk-lib/aws-ecr-assets";
import { Cluster, ContainerInsights } from "aws-cdk-lib/aws-ecs";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { bundleDirectory } from "./bundles.ts";
import type { ContainerNetwork } from "./container-network.ts";
import { grant } from "./grant.ts";
import { systemLogs } from "./system-logs.ts";

/** Where containers run, and which images they get. */
export interface ContainerClusterProps {
  readonly network: ContainerNetwork;
  /**
   * Image of the agent, the sidecar of every action, by its address.
   * @default - built from this package at deployment, which takes a container engine beside the CDK CLI
   */
  readonly agentImage?: string | undefined;
  /**
   * Image of actions that name none and whose type names none.
   * @default - none: such an action fails with a message that says so
   */
  readonly defaultImage?: string | undefined;
  /**
   * Key of the customer that encrypts the logs of actions.
   * @default - a key that CloudWatch Logs owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * What becomes of the logs of actions when the stack is deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy | undefined;
}

/** Processors that images are made for, as executors name them. */
export type ImageArchitecture = "X86_64" | "ARM64";

/** What the stack has for executors that name no cluster of their own: a Fargate cluster, a log group, two roles. */
export class ContainerCluster extends Construct {
  readonly cluster: Cluster;
  /** Logs of the actions themselves: one stream per container of an attempt. */
  readonly logGroup: LogGroup;
  /** What the user's commands may do in AWS: nothing, until its owner grants it something. */
  readonly taskRole: Role;
  /** What ECS itself does for a task: pull the images, write the log. */
  readonly taskExecutionRole: Role;
  readonly #props: ContainerClusterProps;
  readonly #agentImages = new Map<ImageArchitecture, string>();

  constructor(scope: Construct, id: string, props: ContainerClusterProps) {
    super(scope, id);
    this.#props = props;
    this.cluster = new Cluster(this, "Cluster", {
      vpc: props.network.vpc,
      enableFargateCapacityProviders: true,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    this.logGroup = systemLogs(this, "Logs", {
      encryptionKey: props.encryptionKey,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    // ECS in another account cannot be made to use these roles.
    const tasks = new ServicePrincipal("ecs-tasks.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
    });
    this.taskRole = new Role(this, "TaskRole", { assumedBy: tasks, description: "Commands of actions; has no rights" });
    this.taskExecutionRole = this.#createExecutionRole(tasks);
  }

  /** What an executor of the kind `ecs` has that names no cluster. */
  executorDefaults(architecture: ImageArchitecture) {
    const { network, defaultImage } = this.#props;
    return {
      region: Stack.of(this).region,
      cluster: this.cluster.clusterArn,
      subnets: network.subnetIds,
      securityGroups: [network.securityGroup.securityGroupId],
      assignPublicIp: network.assignPublicIp,
      executionRoleArn: this.taskExecutionRole.roleArn,
      taskRoleArn: this.taskRole.roleArn,
      agentImage: this.agentImage(architecture),
      logGroup: this.logGroup.logGroupName,
      defaultImage,
    };
  }

  /** Address of the agent's image for a processor. */
  agentImage(architecture: ImageArchitecture): string {
    const { agentImage } = this.#props;
    if (agentImage !== undefined) return agentImage;
    const known = this.#agentImages.get(architecture);
    if (known !== undefined) return known;
    const isArm = architecture === "ARM64";
    const { imageUri } = new DockerImageAsset(this, isArm ? "AgentArm" : "Agent", {
      directory: bundleDirectory("agent-image"),
      platform: isArm ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
    });
    this.#agentImages.set(architecture, imageUri);
    return imageUri;
  }

  #createExecutionRole(tasks: ServicePrincipal): Role {
    const role = new Role(this, "TaskExecutionRole", {
      assumedBy: tasks,
      description: "ECS itself: pulls images, writes the logs of actions",
    });
    this.logGroup.grantWrite(role);
    grant(role, {
      actions: ["ecr:GetAuthorizationToken"],
      resources: ["*"],
      wildcardReason: "This call knows no resources.",
    });
    grant(role, {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [Stack.of(this).formatArn({ service: "ecr", resource: "repository", resourceName: "*" })],
      wildcardReason: "Pipelines name images; every repository of the account may hold one, and these calls only read.",
    });
    return role;
  }
}
