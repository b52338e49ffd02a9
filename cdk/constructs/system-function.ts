import { type Duration, Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { bundleDirectory } from "./bundles.ts";
import type { FunctionNetwork } from "./container-network.ts";
import { acknowledgeWildcard, type Grant, grant } from "./grant.ts";
import { systemLogs } from "./system-logs.ts";

/** What is different from function to function. */
export interface SystemFunctionProps {
  /** Folder of the bundle below `functions/`, or the path of a directory that holds it with files of its own. */
  readonly source: string | { readonly directory: string };
  /** What the function does, as the console shows it. */
  readonly description: string;
  /** How long one call may take. */
  readonly timeout: Duration;
  /**
   * Memory, which is also the share of a processor: 1,769 MB are one.
   * @default 512
   */
  readonly memoryMb?: number;
  /** Environment variables; the names stand in the contracts. */
  readonly environment: { readonly [name: string]: string };
  /** Exactly the calls that the function makes. */
  readonly grants: readonly Grant[];
  /**
   * Where events go that the function could not handle after Lambda's own two retries.
   * @default - none: the function is called synchronously, and its caller sees the error
   */
  readonly deadLetters?: IQueue | undefined;
  /**
   * Key of the customer that encrypts the environment variables, the log, and what the function reads and writes.
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * Network that the function runs in.
   * @default - none of this account
   */
  readonly network?: FunctionNetwork | undefined;
}

/** What Lambda, S3, Parameter Store, SQS and Step Functions do in the caller's name with a key of the customer's own. */
const KEY_CALLS = ["kms:Decrypt", "kms:GenerateDataKey"];

/** What DynamoDB does beyond. Source: AWS, "Managing encrypted tables in DynamoDB", authorizing use of your key. */
const TABLE_KEY_CALLS = [
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** How Lambda puts a function into a network. Source: AWS, `AWSLambdaVPCAccessExecutionRole`. */
const NETWORK_CALLS = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

const DEFAULT_MEMORY_MB = 512;

/** One Lambda function of the system: arm64, its own role with nothing but its own calls, JSON logs that end some day. */
export class SystemFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: SystemFunctionProps) {
    super(scope, id);
    const { encryptionKey, network, source } = props;
    const logGroup = systemLogs(this, "Logs", { encryptionKey });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `${Stack.of(this).stackName}: ${props.description}`,
    });
    logGroup.grantWrite(this.role);
    if (encryptionKey !== undefined) {
      const usesTable = props.grants.some(({ actions }) => actions.some((action) => action.startsWith("dynamodb:")));
      const actions = usesTable ? [...KEY_CALLS, ...TABLE_KEY_CALLS] : KEY_CALLS;
      grant(this.role, { actions, resources: [encryptionKey.keyArn] });
    }
    for (const each of props.grants) grant(this.role, each);
    if (network !== undefined) {
      grant(this.role, {
        actions: NETWORK_CALLS,
        resources: ["*"],
        wildcardReason: "Lambda's interfaces in the network have no names before they are there.",
      });
    }
    acknowledgeWildcard(this.role, "*", "X-Ray's calls, and those to ECS where there are any, know no resources.");
    this.lambda = new LambdaFunction(this, "Function", {
      code: Code.fromAsset(typeof source === "string" ? bundleDirectory(`functions/${source}`) : source.directory),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      description: props.description,
      timeout: props.timeout,
      memorySize: props.memoryMb ?? DEFAULT_MEMORY_MB,
      environment: { ...props.environment },
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...(props.deadLetters === undefined ? {} : { deadLetterQueue: props.deadLetters }),
      ...(encryptionKey === undefined ? {} : { environmentEncryption: encryptionKey }),
      ...(network === undefined
        ? {}
        : { vpc: network.vpc, vpcSubnets: network.subnets, securityGroups: [network.securityGroup] }),
    });
  }
}
