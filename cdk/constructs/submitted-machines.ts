import { ArnFormat, Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { MACHINES_ENVIRONMENT } from "../../functions/machines/contract.ts";
import { grant } from "./grant.ts";
import { systemLogs } from "./system-logs.ts";

/** Whose machines these are. */
export interface SubmittedMachinesProps {
  /** Prefix of the names of state machines. */
  readonly machinePrefix: string;
  /**
   * Key of the customer that encrypts machines and their log.
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey | undefined;
}

/** What a state machine needs to have its log delivered and its traces kept; none of these calls knows resources. */
const MACHINE_LOG_CALLS = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/**
 * What the machines of submitted pipelines have in common: the role that they run with, which may call the functions of
 * definitions and nothing else, and their log. The machines themselves are made and collected by functions.
 */
export class SubmittedMachines extends Construct {
  readonly role: Role;
  readonly #logs: LogGroup;
  readonly #props: SubmittedMachinesProps;

  constructor(scope: Construct, id: string, props: SubmittedMachinesProps) {
    super(scope, id);
    this.#props = props;
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("states.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      description: "Machines of submitted pipelines: call the functions that definitions name",
    });
    this.#logs = systemLogs(this, "Logs", {
      // The prefix keeps log delivery's resource policy short (5,120 characters for all machines of an account).
      logGroupName: `/aws/vendedlogs/states/${props.machinePrefix}submitted`,
      encryptionKey: props.encryptionKey,
    });
    grant(this.role, {
      actions: MACHINE_LOG_CALLS,
      resources: ["*"],
      wildcardReason: "The calls by which logs are delivered, and X-Ray's, know no resources.",
    });
    if (props.encryptionKey !== undefined) {
      grant(this.role, { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [props.encryptionKey.keyArn] });
    }
  }

  /** Lets the machines call these functions and nothing else. */
  call(functionArns: readonly string[]): void {
    grant(this.role, { actions: ["lambda:InvokeFunction"], resources: functionArns });
  }

  /** `arn:aws:states:<region>:<account>:stateMachine:`, of every machine of this account and region. */
  get arnPrefix(): string {
    const { COLON_RESOURCE_NAME: arnFormat } = ArnFormat;
    return Stack.of(this).formatArn({ service: "states", resource: "stateMachine", resourceName: "", arnFormat });
  }

  /** What tells a function how such machines are made. `functions`: ARN by placeholder, `${ExecuteActionEcs}`. */
  environment(functions: ReadonlyMap<string, string>): { readonly [name: string]: string } {
    const { machinePrefix, encryptionKey } = this.#props;
    const stack = Stack.of(this);
    const arns = Object.fromEntries([...functions].map(([name, arn]) => [name.slice("${".length, -"}".length), arn]));
    return {
      [MACHINES_ENVIRONMENT.arnPrefix]: this.arnPrefix,
      [MACHINES_ENVIRONMENT.namePrefix]: machinePrefix,
      [MACHINES_ENVIRONMENT.role]: this.role.roleArn,
      [MACHINES_ENVIRONMENT.logGroup]: this.#logs.logGroupArn,
      [MACHINES_ENVIRONMENT.functions]: stack.toJsonString(arns),
      ...(encryptionKey === undefined ? {} : { [MACHINES_ENVIRONMENT.key]: encryptionKey.keyArn }),
    };
  }
}
