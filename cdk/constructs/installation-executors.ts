import { ArnFormat, Stack } from "aws-cdk-lib";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import type { ExecutorConfiguration } from "../../actions/index.ts";
import { executorParameterName } from "../../functions/contract.ts";
import { completeDeclaration, type ExecutorSettings } from "../executor-settings.ts";
import type { ContainerCluster, ImageArchitecture } from "./container-cluster.ts";

/** Which executors there are, and where those run that say nothing else. */
export interface InstallationExecutorsProps {
  readonly executors: { readonly [name: string]: ExecutorSettings };
  readonly containers: ContainerCluster;
  /** Prefix of the names of parameters, with a slash in front and none behind. */
  readonly configPrefix: string;
  /** Whether the network has no way out, and so no way to another region. */
  readonly isIsolated: boolean;
}

/** A cluster that executors use, by what its permissions are about. */
export interface UsedCluster {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  /** Whether executors take on a role to reach it: it is another account's. */
  readonly isReachedByRole: boolean;
}

/** The executors of an installation: each is a parameter that the functions read when an action first asks for it. */
export class InstallationExecutors extends Construct {
  /** Every executor by its name, as its parameter declares it. */
  readonly declarations: ReadonlyMap<string, ExecutorConfiguration>;
  readonly #containers: ContainerCluster;

  constructor(scope: Construct, id: string, props: InstallationExecutorsProps) {
    super(scope, id);
    this.#containers = props.containers;
    this.declarations = new Map(
      Object.entries(props.executors).map(([name, settings]) => [
        name,
        completeDeclaration(name, settings, this.#defaults(name, settings, props)),
      ]),
    );
    for (const [name, declaration] of this.declarations) {
      new StringParameter(this, name, {
        parameterName: executorParameterName(props.configPrefix, name),
        stringValue: Stack.of(this).toJsonString(declaration),
        description: `Where the executor "${name}" of Sluice runs actions`,
      });
    }
  }

  /** Kinds that at least one executor has. */
  get kinds(): ReadonlySet<ExecutorConfiguration["kind"]> {
    return new Set([...this.declarations.values()].map(({ kind }) => kind));
  }

  /** Every cluster that executors of a kind use, once. */
  clusters(kind: "ecs" | "eks"): readonly UsedCluster[] {
    const used = [...this.declarations.values()].flatMap((declaration) =>
      declaration.kind === kind ? [this.#clusterOf(declaration)] : [],
    );
    return [...new Map(used.map((cluster) => [cluster.arn, cluster])).values()];
  }

  /** Roles that a task is given. */
  get passedRoleArns(): readonly string[] {
    const roles = [...this.declarations.values()].flatMap((declaration) =>
      declaration.kind === "ecs" ? [declaration.taskRoleArn, declaration.executionRoleArn] : [],
    );
    return [...new Set(roles)].filter((arn) => arn !== undefined);
  }

  /** Roles that are taken on for clusters of other accounts. */
  get assumedRoleArns(): readonly string[] {
    const roles = [...this.declarations.values()].flatMap((declaration) =>
      declaration.kind === "eks" && declaration.roleArn !== undefined ? [declaration.roleArn] : [],
    );
    return [...new Set(roles)];
  }

  /** Groups that attempts write their logs to, as ARNs of all of their streams. */
  get logGroupArns(): readonly string[] {
    const groups = [...this.declarations.values()].flatMap((declaration) =>
      "logGroup" in declaration && declaration.logGroup !== undefined
        ? [
            this.#arn(
              "logs",
              "log-group",
              `${declaration.logGroup}:*`,
              declaration.region,
              ArnFormat.COLON_RESOURCE_NAME,
            ),
          ]
        : [],
    );
    return [...new Set(groups)];
  }

  #defaults(
    name: string,
    settings: ExecutorSettings,
    { containers, isIsolated }: InstallationExecutorsProps,
  ): { readonly [key: string]: unknown } {
    const architecture: ImageArchitecture = settings["architecture"] === "ARM64" ? "ARM64" : "X86_64";
    const region = Stack.of(this).region;
    const isElsewhere = settings["region"] !== undefined && settings["region"] !== region;
    if (isElsewhere && isIsolated) {
      throw new Error(
        `The executor "${name}" is in ${String(settings["region"])}, which a network without a way out does not reach.`,
      );
    }
    if (settings.kind === "eks")
      return { region, agentImage: settings["agentImage"] ?? containers.agentImage(architecture) };
    const own = containers.executorDefaults(architecture);
    if (settings["cluster"] === undefined) return own;
    // A cluster of somebody else's: what belongs to its network must be said.
    if (isElsewhere && settings["logGroup"] === undefined) {
      throw new Error(
        `The executor "${name}" is in ${String(settings["region"])}: name a "logGroup" that is there. That of the stack is in another region.`,
      );
    }
    const { executionRoleArn, taskRoleArn, agentImage, logGroup, defaultImage } = own;
    return { region, executionRoleArn, taskRoleArn, agentImage, logGroup, defaultImage };
  }

  #clusterOf(declaration: Extract<ExecutorConfiguration, { kind: "ecs" | "eks" }>): UsedCluster {
    const { kind, cluster, region } = declaration;
    const isReachedByRole = "roleArn" in declaration && declaration.roleArn !== undefined;
    const own = this.#containers.cluster;
    if (cluster === own.clusterArn) return { arn: cluster, name: own.clusterName, region, isReachedByRole };
    const name = cluster.split("/").at(-1) ?? cluster;
    const arn = cluster.startsWith("arn:")
      ? cluster
      : this.#arn(kind, "cluster", name, region, ArnFormat.SLASH_RESOURCE_NAME);
    return { arn, name, region, isReachedByRole };
  }

  #arn(service: string, resource: string, resourceName: string, region: string, arnFormat: ArnFormat): string {
    return Stack.of(this).formatArn({ service, resource, resourceName, region, arnFormat });
  }
}
