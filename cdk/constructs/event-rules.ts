import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { type EventPattern, Match, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { CANCEL_RUN_RULE } from "../../functions/cancel-run/contract.ts";
import { COLLECT_INTERVAL_HOURS } from "../../functions/collect-machines/contract.ts";
import { COMPLETE_ACTION_RULE } from "../../functions/complete-action/contract.ts";
import { RECORD_RUN_RULE } from "../../functions/record-run/contract.ts";
import { SWEEP_INTERVAL_SECONDS } from "../../functions/sweep/contract.ts";
import { type ContractRule, narrowed } from "./contract-rule.ts";
import type { SystemFunction } from "./system-function.ts";
import type { SystemFunctions } from "./system-functions.ts";

/** EventBridge tries to deliver for this long; what it delivers later, `sweep` has repaired. */
const DELIVERY_AGE = Duration.hours(1);
const DELIVERY_ATTEMPTS = 10;

/** What the rules connect. */
export interface EventRulesProps {
  readonly functions: SystemFunctions;
  /** Clusters of ECS whose tasks are ours, of all regions: what happens elsewhere is sent here. */
  readonly clusterArns: readonly string[];
  /** Prefix of the names of state machines. */
  readonly machinePrefix: string;
  readonly deadLetters: IQueue;
}

/** What happens by itself: AWS tells of executions and tasks, and the clock of everything that nobody told of. */
export class EventRules extends Construct {
  readonly #deadLetterQueue: IQueue;

  constructor(scope: Construct, id: string, props: EventRulesProps) {
    super(scope, id);
    this.#deadLetterQueue = props.deadLetters;
    const { functions, clusterArns } = props;
    const machines = Stack.of(this).formatArn({
      service: "states",
      resource: "stateMachine",
      resourceName: props.machinePrefix,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const ourMachines = { stateMachineArn: Match.prefix(machines) };
    this.#onEvents("RecordRun", RECORD_RUN_RULE, ourMachines, functions.get("RecordRun"));
    this.#onEvents("CancelRun", CANCEL_RUN_RULE, ourMachines, functions.get("CancelRun"));
    if (clusterArns.length > 0) {
      this.#onEvents("TaskStopped", COMPLETE_ACTION_RULE, { clusterArn: clusterArns }, functions.get("CompleteAction"));
    }
    this.#onTime("Sweep", Duration.seconds(SWEEP_INTERVAL_SECONDS), functions.get("Sweep"));
    this.#onTime("CollectMachines", Duration.hours(COLLECT_INTERVAL_HOURS), functions.get("CollectMachines"));
  }

  #onEvents(
    id: string,
    rule: ContractRule,
    ours: { readonly [key: string]: readonly unknown[] },
    target: SystemFunction,
  ): void {
    const eventPattern: EventPattern = narrowed(rule, ours);
    new Rule(this, id, {
      eventPattern,
      targets: [
        new LambdaFunction(target.lambda, {
          deadLetterQueue: this.#deadLetterQueue,
          maxEventAge: DELIVERY_AGE,
          retryAttempts: DELIVERY_ATTEMPTS,
        }),
      ],
    });
  }

  #onTime(id: string, interval: Duration, target: SystemFunction): void {
    new Rule(this, id, {
      schedule: Schedule.rate(interval),
      // The next time brings the next call: one that could not be delivered is not tried again.
      targets: [new LambdaFunction(target.lambda, { retryAttempts: 0, deadLetterQueue: this.#deadLetterQueue })],
    });
  }
}
