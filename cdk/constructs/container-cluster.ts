import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { DockerImageAsset, Platform } from "aws-cdk-lib/aws-ecr-assets";
import { Cluster, ContainerInsights } from "aws-cdk-lib/aws-ecs";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { ECS_ENVIRONMENT } from "../../actions/executors/ecs/contract.ts";
import { bundleDirectory } from "./bundles.ts";
import { ContainerNetwork, type ContainerNetworkProps } from "./container-network.ts";
import { grant } from "./grant.ts";
import { LOG_RETENTION } from "./system-function.ts";

/** Where containers run, and which images they get. */
export interface ContainerClusterProps extends ContainerNetworkProps {
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
}

/** Where the `ecs` executor runs actions: a Fargate cluster, its network, the log of the actions, and two roles. */
export class ContainerCluster extends Construct {
  readonly cluster: Cluster;
  /** Logs of the actions themselves: one stream per container of an attempt. */
  readonly logGroup: LogGroup;
  /** What the user's commands may do in AWS: nothing, until its owner grants it something. */
  readonly taskRole: Role;
  /** What ECS itself does for a task: pull the images, write the log. */
  readonly taskExecutionRole: Role;
  /** What tells a function its `ecs` executor. */
  readonly environment: { readonly [name: string]: string };

  constructor(scope: Construct, id: string, props: ContainerClusterProps = {}) {
    super(scope, id);
    const network = new ContainerNetwork(this, "Network", props);
    this.cluster = new Cluster(this, "Cluster", {
      vpc: network.vpc,
      enableFargateCapacityProviders: true,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    this.logGroup = new LogGroup(this, "Logs", { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.DESTROY });
    // ECS in another account cannot be made to use these roles.
    const tasks = new ServicePrincipal("ecs-tasks.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
    });
    this.taskRole = new Role(this, "TaskRole", { assumedBy: tasks, description: "Commands of actions; has no rights" });
    this.taskExecutionRole = this.#createExecutionRole(tasks);
    this.environment = {
      [ECS_ENVIRONMENT.cluster]: this.cluster.clusterArn,
      [ECS_ENVIRONMENT.subnets]: network.subnetIds.join(","),
      [ECS_ENVIRONMENT.securityGroups]: network.securityGroup.securityGroupId,
      [ECS_ENVIRONMENT.assignPublicIp]: String(network.assignPublicIp),
      [ECS_ENVIRONMENT.executionRole]: this.taskExecutionRole.roleArn,
      [ECS_ENVIRONMENT.taskRole]: this.taskRole.roleArn,
      [ECS_ENVIRONMENT.agentImage]: props.agentImage ?? this.#agentImage(),
      [ECS_ENVIRONMENT.logGroup]: this.logGroup.logGroupName,
      ...(props.defaultImage === undefined ? {} : { [ECS_ENVIRONMENT.defaultImage]: props.defaultImage }),
    };
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

  #agentImage(): string {
    return new DockerImageAsset(this, "Agent", {
      directory: bundleDirectory("agent-image"),
      platform: Platform.LINUX_AMD64,
    }).imageUri;
  }
}
