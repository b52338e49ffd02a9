import { RemovalPolicy } from "aws-cdk-lib";
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type IVpc,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { LOG_RETENTION } from "./system-function.ts";

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
   * Subnets of `vpc` that the tasks run in.
   * @default - the public subnets of a new VPC, the private ones with egress of a given one
   */
  readonly subnets?: SubnetSelection | undefined;
}

/** Where the containers of actions run: they reach out, and nothing reaches in. */
export class ContainerNetwork extends Construct {
  readonly vpc: IVpc;
  readonly subnetIds: readonly string[];
  readonly securityGroup: ISecurityGroup;
  /** Whether a task needs a public address to get out. */
  readonly assignPublicIp: boolean;

  constructor(scope: Construct, id: string, props: ContainerNetworkProps = {}) {
    super(scope, id);
    this.vpc = props.vpc ?? this.#createVpc();
    const selection = props.subnets ?? {
      subnetType: props.vpc === undefined ? SubnetType.PUBLIC : SubnetType.PRIVATE_WITH_EGRESS,
    };
    const selected = this.vpc.selectSubnets(selection);
    this.subnetIds = selected.subnetIds;
    this.assignPublicIp = selected.hasPublic;
    this.securityGroup = new SecurityGroup(this, "Tasks", {
      vpc: this.vpc,
      description: "Tasks of actions: outbound only",
      allowAllOutbound: true,
    });
  }

  #createVpc(): IVpc {
    const vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr("10.73.0.0/20"),
      maxAzs: AVAILABILITY_ZONES,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: "tasks", subnetType: SubnetType.PUBLIC, cidrMask: 22, mapPublicIpOnLaunch: false }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    const logGroup = new LogGroup(this, "FlowLogs", { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.DESTROY });
    vpc.addFlowLog("FlowLog", {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.REJECT,
    });
    // aws-cdk-lib's own declarations do not agree under exactOptionalPropertyTypes (`vpnGatewayId`).
    return vpc as IVpc;
  }
}
