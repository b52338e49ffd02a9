import { RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

/** Logs say what happened to a run, which is kept about as long as its objects. */
const LOG_RETENTION = RetentionDays.THREE_MONTHS;

/** How a log group is named, encrypted and kept. */
export interface SystemLogsProps {
  /**
   * Key of the customer's own; its policy must let CloudWatch Logs use it.
   * @default - a key that CloudWatch Logs owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * Name of the group.
   * @default - one that CloudFormation makes
   */
  readonly logGroupName?: string | undefined;
  /**
   * What becomes of the group when the stack is deleted.
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy | undefined;
}

/** A log group of the system: every one of them ends its lines after the same time and is encrypted in the same way. */
export function systemLogs(scope: Construct, id: string, props: SystemLogsProps): LogGroup {
  return new LogGroup(scope, id, {
    retention: LOG_RETENTION,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
    ...(props.encryptionKey === undefined ? {} : { encryptionKey: props.encryptionKey }),
    ...(props.logGroupName === undefined ? {} : { logGroupName: props.logGroupName }),
  });
}
