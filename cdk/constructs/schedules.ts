import { ArnFormat, Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { RUNTIME_ENVIRONMENT } from "../../functions/contract.ts";
import { DeadLetters } from "./dead-letters.ts";
import { grant } from "./grant.ts";
import type { SystemFunction } from "./system-function.ts";

/** Whose schedules these are. */
export interface SchedulesProps {
  /** Name of the group, which is the installation's. */
  readonly name: string;
  /**
   * Key of the customer that encrypts the ticks that could not be delivered.
   * @default - a key that SQS owns
   */
  readonly encryptionKey?: IKey | undefined;
}

/**
 * What the schedules of pipelines with a `cron` have in common: a group, the role by which they call, and a queue of
 * ticks that could not be delivered. The schedules themselves come and go with the plans of pipelines.
 */
export class Schedules extends Construct {
  readonly groupName: string;
  readonly role: Role;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    this.groupName = props.name;
    new CfnScheduleGroup(this, "Group", { name: props.name });
    const { account } = Stack.of(this);
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: {
            "aws:SourceArn": Stack.of(this).formatArn({
              service: "scheduler",
              resource: "schedule-group",
              resourceName: props.name,
              arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
            }),
          },
        },
      }),
      description: "Schedules of pipelines: start a run at its time",
    });
    this.deadLetters = new DeadLetters(this, "DeadLetters", props).queue;
    grant(this.role, { actions: ["sqs:SendMessage"], resources: [this.deadLetters.queueArn] });
    if (props.encryptionKey !== undefined) {
      grant(this.role, {
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [props.encryptionKey.keyArn],
      });
    }
  }

  /** Lets the schedules call this function. */
  call(target: SystemFunction): void {
    grant(this.role, { actions: ["lambda:InvokeFunction"], resources: [target.lambda.functionArn] });
  }

  /** What tells a function how schedules are made. */
  environment(target: SystemFunction): { readonly [name: string]: string } {
    return {
      [RUNTIME_ENVIRONMENT.scheduleGroup]: this.groupName,
      [RUNTIME_ENVIRONMENT.scheduleRole]: this.role.roleArn,
      [RUNTIME_ENVIRONMENT.scheduleTarget]: target.lambda.functionArn,
      [RUNTIME_ENVIRONMENT.scheduleDeadLetters]: this.deadLetters.queueArn,
    };
  }
}
