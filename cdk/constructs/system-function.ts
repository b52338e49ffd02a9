import { type Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
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
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { bundleDirectory } from "./bundles.ts";
import { acknowledgeWildcard, type Grant, grant } from "./grant.ts";

/** What is different from function to function. */
export interface SystemFunctionProps {
  /** Folder of the handler below `functions/`. */
  readonly source: string;
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
   * Key of the customer that encrypts the environment variables and what the function reads and writes.
   * @default - a key that Lambda owns
   */
  readonly encryptionKey?: IKey | undefined;
}

/** Logs say what happened to a run, which is kept about as long as its objects. */
export const LOG_RETENTION = RetentionDays.THREE_MONTHS;

/** What DynamoDB, S3 and Lambda do in the caller's name with a key of the customer's own. */
const KEY_CALLS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

const DEFAULT_MEMORY_MB = 512;

/** One Lambda function of the system: arm64, its own role with nothing but its own calls, JSON logs that end some day. */
export class SystemFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: SystemFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.DESTROY });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `${Stack.of(this).stackName}: ${props.description}`,
    });
    logGroup.grantWrite(this.role);
    if (props.encryptionKey !== undefined) {
      grant(this.role, { actions: KEY_CALLS, resources: [props.encryptionKey.keyArn] });
    }
    for (const each of props.grants) grant(this.role, each);
    acknowledgeWildcard(this.role, "*", "X-Ray's calls, and those to ECS where there are any, know no resources.");
    this.lambda = new LambdaFunction(this, "Function", {
      code: Code.fromAsset(bundleDirectory(`functions/${props.source}`)),
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
      ...(props.encryptionKey === undefined ? {} : { environmentEncryption: props.encryptionKey }),
    });
  }
}
