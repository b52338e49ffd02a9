import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { StateTransitionMetric } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { FunctionApi } from "./function-api.ts";
import type { SystemFunctions } from "./system-functions.ts";

/** Whom an alarm tells. */
export interface AlarmReceivers {
  /** Addresses that AWS asks for their consent first. */
  readonly emails: readonly string[];
  /** A topic that is there already, in place of one that the stack makes for the addresses. */
  readonly topicArn?: string | undefined;
}

/** What is watched. */
export interface AlarmsProps {
  /** Name of the installation, at the beginning of each alarm's. */
  readonly name: string;
  readonly receivers: AlarmReceivers;
  readonly functions: SystemFunctions;
  readonly table: Table;
  readonly agentApi: FunctionApi;
  readonly runsApi: FunctionApi;
  readonly deadLetters: IQueue;
  readonly scheduleDeadLetters: IQueue;
  readonly notificationDeadLetters: IQueue;
  readonly notificationQueue: IQueue;
  readonly encryptionKey?: IKey | undefined;
}

/** One condition; what it means and what to do stands in `docs/operations.md` under `section`. */
interface AlarmDeclaration {
  /** Id of the construct and last part of the alarm's name. */
  readonly id: string;
  readonly section: string;
  readonly metric: IMetric;
  /** Breached by this and everything above it, or below where `isFloor` is set. */
  readonly from: number;
  /** Whether the metric must not be lower than `from`. */
  readonly isFloor?: true;
  /** How many of the metric's periods, one after the other. */
  readonly periods: number;
  /** What no data means: by default that all is well. */
  readonly missing?: TreatMissingData;
}

const PERIOD = Duration.minutes(5);

/** A sweep of 45 seconds is close to the end of its minute. */
const SLOW_SWEEP_MS = 45_000;
/** Refusals: a late report of an ended attempt is normal, hundreds in five minutes are not. */
const MANY_REFUSALS = 300;
/** Older than the nine tries of a notification take is what nobody delivers at all. */
const OLD_NOTIFICATION_SECONDS = 3600;

/** The alarms of an installation. Each is there because somebody can do something about it. */
export class Alarms extends Construct {
  readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = this.#createTopic(props);
    const action: IAlarmAction | undefined = this.topic === undefined ? undefined : new SnsAction(this.topic);
    for (const declaration of [...functionAlarms(props), ...systemAlarms(props)]) {
      const alarm = new Alarm(this, declaration.id, {
        alarmName: `${props.name}-${declaration.id}`,
        alarmDescription: `What it means and what to do: docs/operations.md#${declaration.section}`,
        metric: declaration.metric,
        threshold: declaration.from,
        evaluationPeriods: declaration.periods,
        comparisonOperator:
          declaration.isFloor === true
            ? ComparisonOperator.LESS_THAN_THRESHOLD
            : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: declaration.missing ?? TreatMissingData.NOT_BREACHING,
      });
      if (action !== undefined) alarm.addAlarmAction(action);
    }
  }

  #createTopic({ receivers, encryptionKey }: AlarmsProps): ITopic | undefined {
    if (receivers.topicArn !== undefined) return Topic.fromTopicArn(this, "Receivers", receivers.topicArn);
    if (receivers.emails.length === 0) return undefined;
    const topic = new Topic(this, "Receivers", {
      displayName: "Sluice alarms",
      enforceSSL: true,
      ...(encryptionKey === undefined ? {} : { masterKey: encryptionKey }),
    });
    for (const email of receivers.emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}

/** A function that fails, after all retries of its caller. */
function functionAlarms({ functions }: AlarmsProps): readonly AlarmDeclaration[] {
  return [...functions.all].map(([id, { lambda }]) => ({
    id: `${id}Errors`,
    section: "function-errors",
    metric: lambda.metricErrors({ period: PERIOD }),
    // One that is tried again and succeeds is no reason to wake anybody.
    from: 3,
    periods: 1,
  }));
}

function systemAlarms(props: AlarmsProps): readonly AlarmDeclaration[] {
  const { functions, table, agentApi, runsApi } = props;
  const sweep = functions.get("Sweep").lambda;
  const waiting = (queue: IQueue) =>
    queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: PERIOD });
  return [
    { id: "DeadLetters", section: "dead-letters", metric: waiting(props.deadLetters), from: 1, periods: 1 },
    {
      id: "ScheduleDeadLetters",
      section: "schedule-dead-letters",
      metric: waiting(props.scheduleDeadLetters),
      from: 1,
      periods: 1,
    },
    {
      id: "NotificationDeadLetters",
      section: "notification-dead-letters",
      metric: waiting(props.notificationDeadLetters),
      from: 1,
      periods: 1,
    },
    {
      id: "NotificationBacklog",
      section: "notification-backlog",
      metric: props.notificationQueue.metricApproximateAgeOfOldestMessage({ period: PERIOD }),
      from: OLD_NOTIFICATION_SECONDS,
      periods: 1,
    },
    {
      id: "SweepSilent",
      section: "sweep-silent",
      metric: sweep.metricInvocations({ period: PERIOD }),
      from: 1,
      isFloor: true,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    },
    {
      id: "SweepSlow",
      section: "sweep-slow",
      metric: sweep.metricDuration({ statistic: Stats.MAXIMUM, period: PERIOD }),
      from: SLOW_SWEEP_MS,
      periods: 2,
    },
    {
      id: "FunctionsThrottled",
      section: "functions-throttled",
      // Without a function's name: the limit is the account's, whoever uses it up.
      metric: new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", statistic: Stats.SUM, period: PERIOD }),
      from: 1,
      periods: 2,
    },
    {
      id: "TransitionsThrottled",
      section: "transitions-throttled",
      metric: StateTransitionMetric.metricThrottledEvents({ statistic: Stats.SUM, period: PERIOD }),
      from: 1,
      periods: 2,
    },
    {
      id: "TableThrottled",
      section: "table-throttled",
      metric: new Metric({
        namespace: "AWS/DynamoDB",
        metricName: "WriteThrottleEvents",
        dimensionsMap: { TableName: table.tableName },
        statistic: Stats.SUM,
        period: PERIOD,
      }),
      from: 10,
      periods: 2,
    },
    { id: "AgentApiFaults", section: "agent-api-faults", metric: agentApi.metrics.serverErrors, from: 5, periods: 1 },
    {
      id: "AgentApiRefusals",
      section: "agent-api-refusals",
      metric: agentApi.metrics.clientErrors,
      from: MANY_REFUSALS,
      periods: 1,
    },
    { id: "RunsApiFaults", section: "runs-api-faults", metric: runsApi.metrics.serverErrors, from: 5, periods: 1 },
  ];
}
