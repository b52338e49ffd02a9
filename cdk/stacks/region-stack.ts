import { ArnFormat, Stack, type StackProps, Token } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { EventBus as EventBusTarget } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import { COMPLETE_ACTION_RULE } from "../../functions/complete-action/contract.ts";
import { narrowed } from "../constructs/contract-rule.ts";
import type { SluiceSystem } from "../constructs/sluice-system.ts";

/** Where the installation is, and which clusters of this region its executors use. */
export interface SluiceRegionStackProps extends StackProps {
  /** Region of the installation. */
  readonly homeRegion: string;
  /** Clusters of ECS in this region, as ARNs. */
  readonly clusterArns: readonly string[];
}

/**
 * What an installation needs in a region in which it has executors of the kind `ecs` and is not at home: the ends of its
 * tasks are sent to where the functions hear of them. Without it the sweep would find them, some minutes later.
 */
export class SluiceRegionStack extends Stack {
  constructor(scope: Construct, id: string, props: SluiceRegionStackProps) {
    super(scope, id, { description: `Sluice: ends of tasks, sent to ${props.homeRegion}`, ...props });
    const home = EventBus.fromEventBusArn(
      this,
      "Home",
      this.formatArn({
        service: "events",
        region: props.homeRegion,
        resource: "event-bus",
        resourceName: "default",
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    );
    new Rule(this, "TaskStopped", {
      eventPattern: narrowed(COMPLETE_ACTION_RULE, { clusterArn: props.clusterArns }),
      targets: [new EventBusTarget(home)],
    });
  }
}

/** Adds a stack for each other region in which the installation has executors of the kind `ecs`. */
export function addRegionStacks(scope: Construct, home: Stack, { name, executors }: SluiceSystem): void {
  const away = executors.clusters("ecs").filter(({ region }) => !Token.isUnresolved(region) && region !== home.region);
  if (away.length > 0 && Token.isUnresolved(home.region)) {
    throw new Error(
      `Executors name regions, and the stack's own is not known. Set CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION.`,
    );
  }
  for (const region of new Set(away.map((cluster) => cluster.region))) {
    new SluiceRegionStack(scope, `${name}-${region}`, {
      env: { account: home.account, region },
      homeRegion: home.region,
      clusterArns: away.filter((cluster) => cluster.region === region).map(({ arn }) => arn),
    });
  }
}
