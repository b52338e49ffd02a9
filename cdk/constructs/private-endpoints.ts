import {
  GatewayVpcEndpointAwsService,
  type InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  SecurityGroup,
  type SubnetSelection,
} from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";

/** Where the endpoints stand. */
export interface PrivateEndpointsProps {
  readonly vpc: IVpc;
  readonly subnets: SubnetSelection;
}

/**
 * Everything that tasks and functions call, by the name of the endpoint's service: a test compares it with the calls that
 * the bundles can make. Tasks: images (`ecr`), logs, the agent API (`execute-api`). ECS on Fargate needs no endpoint of
 * its own. S3 and DynamoDB have gateways, which cost nothing.
 */
const INTERFACE_ENDPOINTS = {
  "ecr.api": InterfaceVpcEndpointAwsService.ECR,
  "ecr.dkr": InterfaceVpcEndpointAwsService.ECR_DOCKER,
  ecs: InterfaceVpcEndpointAwsService.ECS,
  eks: InterfaceVpcEndpointAwsService.EKS,
  events: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
  "execute-api": InterfaceVpcEndpointAwsService.APIGATEWAY,
  logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  scheduler: new InterfaceVpcEndpointAwsService("scheduler"),
  secretsmanager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  sns: InterfaceVpcEndpointAwsService.SNS,
  sqs: InterfaceVpcEndpointAwsService.SQS,
  ssm: InterfaceVpcEndpointAwsService.SSM,
  states: InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
  sts: InterfaceVpcEndpointAwsService.STS,
} as const;

/** The way of a network without a way out to the AWS services that Sluice calls. */
export class PrivateEndpoints extends Construct {
  /** Whom it lets in is whom `ContainerNetwork` adds. */
  readonly securityGroup: SecurityGroup;
  /** The endpoint by which private REST APIs are called. */
  readonly executeApi: InterfaceVpcEndpoint;

  constructor(scope: Construct, id: string, { vpc, subnets }: PrivateEndpointsProps) {
    super(scope, id);
    vpc.addGatewayEndpoint("S3", { service: GatewayVpcEndpointAwsService.S3, subnets: [subnets] });
    vpc.addGatewayEndpoint("DynamoDb", { service: GatewayVpcEndpointAwsService.DYNAMODB, subnets: [subnets] });
    this.securityGroup = new SecurityGroup(this, "Group", {
      vpc,
      description: "Endpoints of AWS services: HTTPS from tasks and functions",
      allowAllOutbound: false,
    });
    const add = (name: keyof typeof INTERFACE_ENDPOINTS): InterfaceVpcEndpoint =>
      vpc.addInterfaceEndpoint(name.replaceAll(/[-.]/g, ""), {
        service: INTERFACE_ENDPOINTS[name],
        subnets,
        securityGroups: [this.securityGroup],
        privateDnsEnabled: true,
        // Whom it lets in is said below, by group: not the whole network.
        open: false,
      });
    const { "execute-api": _, ...others } = INTERFACE_ENDPOINTS;
    for (const name of Object.keys(others)) add(name as keyof typeof others);
    this.executeApi = add("execute-api");
  }
}
