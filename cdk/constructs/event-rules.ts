import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { type EventPattern, Match, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { CANCEL_RUN_RULE } from "../../functions/cancel-run/contract.ts";
import { COMPLETE_ACTION_RULE } from "../../functions/complete-action/contract.ts";
import { RECORD_RUN_RULE } from "../../functions/record-run/contract.ts";
import { SWEEP_INTERVAL_SECONDS } from "../../functions/sweep/contract.ts";
import type { SystemFunction } from "./system-function.ts";
import type { SystemFunctions } from "./system-functions.ts";

/** EventBridge tries to deliver for this long; what it delivers later, `sweep` has repaired. */
const DELIVERY_AGE = Duration.hours(1);
const DELIVERY_ATTEMPTS = 10;

/** What the rules connect. */
export interface EventRulesProps {
  readonly functions: SystemFunctions;
  readonly clusterArn: string;
  /** Prefix of the names of state machines. */
  readonly machinePrefix: string;
  readonly deadLetters: IQueue;
}

/** The pattern of a rule as a function's contract states it. */
interface ContractRule {
  readonly source: readonly string[];
  readonly "detail-type": readonly string[];
  readonly detail: { readonly [key: string]: readonly unknown[] };
}

/** What happens by itself: AWS tells of executions and tasks, and the clock of everything that nobody told of. */
export class EventRules extends Construct {
  constructor(scope: Construct, id: string, props: EventRulesProps) {
    super(scope, id);
    const { functions } = props;
    const machines = Stack.of(this).formatArn({
      service: "states",
      resource: "stateMachine",
      resourceName: props.machinePrefix,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const ourMachines = { stateMachineArn: Match.prefix(machines) };
    const ourCluster = { clusterArn: [props.clusterArn] };
    this.#rule("RecordRun", narrowed(RECORD_RUN_RULE, ourMachines), functions.recordRun, props.deadLetters);
    this.#rule("CancelRun", narrowed(CANCEL_RUN_RULE, ourMachines), functions.cancelRun, props.deadLetters);
    this.#rule("TaskStopped", narrowed(COMPLETE_ACTION_RULE, ourCluster), functions.completeAction, props.deadLetters);
    new Rule(this, "Sweep", {
      schedule: Schedule.rate(Duration.seconds(SWEEP_INTERVAL_SECONDS)),
      // The next minute brings the next sweep: one that could not be delivered is not tried again.
      targets: [new LambdaFunction(functions.sweep.lambda, { retryAttempts: 0, deadLetterQueue: props.deadLetters })],
    });
  }

  #rule(id: string, eventPattern: EventPattern, target: SystemFunction, deadLetterQueue: IQueue): void {
    new Rule(this, id, {
      eventPattern,
      targets: [
        new LambdaFunction(target.lambda, {
          deadLetterQueue,
          maxEventAge: DELIVERY_AGE,
          retryAttempts: DELIVERY_ATTEMPTS,
        }),
      ],
    });
  }
}

/** The contract's pattern, and beside it the part of the account that is this installation's. */
function narrowed(rule: ContractRule, detail: { readonly [key: string]: readonly unknown[] }): EventPattern {
  return {
    source: [...rule.source],
    detailType: [...rule["detail-type"]],
    detail: { ...rule.detail, ...detail },
  };
}
