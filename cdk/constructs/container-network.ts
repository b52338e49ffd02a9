import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type IVpc,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { PrivateEndpoints } from "./private-endpoints.ts";
import { systemLogs } from "./system-logs.ts";

/** Two zones: a task finds room when one zone has none. */
const AVAILABILITY_ZONES = 2;

/** The network of the containers. */
export interface ContainerNetworkProps {
  /**
   * Network that the tasks run in; its subnets need a way to the internet (or to the agent API and S3).
   * @default - a new VPC with public subnets only: a NAT gateway would cost more a day than this system does a month
   */
  readonly vpc?: IVpc | undefined;
  /**
   * Subnets that the tasks run in.
   * @default - the public subnets of a new VPC, the private ones with egress of a given one, isolated ones where
   * `isolated` is set
   */
  readonly subnets?: SubnetSelection | undefined;
  /**
   * Whether the network has no way out: tasks and functions reach AWS by endpoints, which this makes, and the APIs are
   * private. Images must then come from ECR in the same region.
   * @default false
   */
  readonly isolated?: boolean | undefined;
  /**
   * Whether the functions run in the network too. They must where a Kubernetes API is private.
   * @default - only where the network is isolated
   */
  readonly functionsInNetwork?: boolean | undefined;
  /**
   * Key of the customer that encrypts the flow log.
   * @default - a key that CloudWatch Logs owns
   */
  readonly encryptionKey?: IKey | undefined;
}

/** Where functions run that reach into a network. */
export interface FunctionNetwork {
  readonly vpc: IVpc;
  readonly subnets: SubnetSelection;
  readonly securityGroup: ISecurityGroup;
}

/** Where the containers of actions run: they reach out, and nothing reaches in. */
export class ContainerNetwork extends Construct {
  readonly vpc: IVpc;
  readonly subnetIds: readonly string[];
  readonly securityGroup: ISecurityGroup;
  /** Whether a task needs a public address to get out. */
  readonly assignPublicIp: boolean;
  /** Where the functions run. Absent: outside of any network of this account. */
  readonly functions: FunctionNetwork | undefined;
  /** The endpoints by which an isolated network reaches AWS. */
  readonly endpoints: PrivateEndpoints | undefined;

  constructor(scope: Construct, id: string, props: ContainerNetworkProps = {}) {
    super(scope, id);
    const isolated = props.isolated ?? false;
    this.vpc = props.vpc ?? this.#createVpc(isolated, props.encryptionKey);
    const subnets = props.subnets ?? { subnetType: subnetTypeOf(props.vpc === undefined, isolated) };
    const selected = this.vpc.selectSubnets(subnets);
    this.subnetIds = selected.subnetIds;
    this.assignPublicIp = selected.hasPublic;
    this.securityGroup = this.#securityGroup("Tasks", "Tasks of actions: outbound only");
    if (props.functionsInNetwork ?? isolated) {
      const securityGroup = this.#securityGroup("Functions", "Functions of Sluice: outbound only");
      this.functions = { vpc: this.vpc, subnets, securityGroup };
    }
    if (isolated) {
      this.endpoints = new PrivateEndpoints(this, "Endpoints", { vpc: this.vpc, subnets });
      for (const group of [this.securityGroup, this.functions?.securityGroup]) {
        if (group !== undefined) this.endpoints.securityGroup.addIngressRule(group, Port.HTTPS);
      }
    }
  }

  #securityGroup(id: string, description: string): ISecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: true });
  }

  #createVpc(isolated: boolean, encryptionKey: IKey | undefined): IVpc {
    const subnet = isolated
      ? { name: "isolated", subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 22 }
      : { name: "tasks", subnetType: SubnetType.PUBLIC, cidrMask: 22, mapPublicIpOnLaunch: false };
    const vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr("10.73.0.0/20"),
      maxAzs: AVAILABILITY_ZONES,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [subnet],
      ...(isolated ? {} : { gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } } }),
    });
    vpc.addFlowLog("FlowLog", {
      destination: FlowLogDestination.toCloudWatchLogs(systemLogs(this, "FlowLogs", { encryptionKey })),
      trafficType: FlowLogTrafficType.REJECT,
    });
    // aws-cdk-lib's own declarations do not agree under exactOptionalPropertyTypes (`vpnGatewayId`).
    return vpc as IVpc;
  }
}

function subnetTypeOf(isNew: boolean, isolated: boolean): SubnetType {
  if (isolated) return SubnetType.PRIVATE_ISOLATED;
  return isNew ? SubnetType.PUBLIC : SubnetType.PRIVATE_WITH_EGRESS;
}
