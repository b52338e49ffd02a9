import { Duration } from "aws-cdk-lib";
import { type EventBus, Rule, RuleTargetInput, type RuleTargetInputProperties } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import {
  NOTIFY_QUEUE,
  type NotificationDeclaration,
  notificationPattern,
  notificationTemplate,
} from "../../functions/notify/contract.ts";
import { completeNotifications, type NotificationSettings } from "../notification-settings.ts";
import { DeadLetters, queueEncryption } from "./dead-letters.ts";
import { grant } from "./grant.ts";
import type { SystemFunction } from "./system-function.ts";

/** Who is told of what. */
export interface NotificationsProps {
  readonly notifications: readonly NotificationSettings[];
  readonly bus: EventBus;
  /**
   * Key of the customer that encrypts queues and topic.
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey | undefined;
}

/**
 * Who wants to know of runs and actions: a rule on the bus for each notification, a queue that holds what was not
 * delivered yet, and one for what could not be. Where a notification to SNS names no topic, the stack makes one.
 */
export class Notifications extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** Topics that `notify` publishes to. */
  readonly topicArns: readonly string[];
  /** The topic of notifications that name none. */
  readonly topic: Topic | undefined;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const { encryptionKey, bus } = props;
    this.deadLetters = new DeadLetters(this, "DeadLetters", props).queue;
    this.queue = new Queue(this, "Queue", {
      ...queueEncryption(encryptionKey),
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(NOTIFY_QUEUE.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: NOTIFY_QUEUE.maxReceiveCount },
    });
    const needsTopic = props.notifications.some(({ target }) => target.kind === "sns" && target.topicArn === undefined);
    this.topic = needsTopic
      ? new Topic(this, "Topic", {
          displayName: "Sluice",
          enforceSSL: true,
          ...(encryptionKey === undefined ? {} : { masterKey: encryptionKey }),
        })
      : undefined;
    const declarations = completeNotifications(props.notifications, this.topic?.topicArn);
    this.topicArns = [
      ...new Set(declarations.flatMap(({ target }) => (target.kind === "sns" ? [target.topicArn] : []))),
    ];
    for (const declaration of declarations) this.#addRule(declaration, bus);
  }

  /** Hands what is in the queue to this function. */
  deliverWith(handler: SystemFunction): void {
    grant(handler.role, {
      actions: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      resources: [this.queue.queueArn],
    });
    handler.lambda.addEventSourceMapping("Queue", {
      eventSourceArn: this.queue.queueArn,
      batchSize: NOTIFY_QUEUE.batchSize,
      reportBatchItemFailures: true,
    });
  }

  #addRule(declaration: NotificationDeclaration, eventBus: EventBus): void {
    const { source, "detail-type": detailType, detail } = notificationPattern(declaration);
    new Rule(this, declaration.name, {
      eventBus,
      eventPattern: {
        source: [...source],
        detailType: [...detailType],
        detail: Object.fromEntries(Object.entries(detail).map(([key, values]) => [key, [...values]])),
      },
      targets: [
        new SqsQueue(this.queue, {
          message: new TemplateInput(notificationTemplate(declaration)),
          deadLetterQueue: this.deadLetters,
        }),
      ],
    });
  }
}

/** An input transformer as its text, which CDK cannot make of an object: it holds the event itself as JSON. */
class TemplateInput extends RuleTargetInput {
  readonly #template: string;

  constructor(template: string) {
    super();
    this.#template = template;
  }

  override bind(): RuleTargetInputProperties {
    return { inputTemplate: this.#template, inputPathsMap: {} };
  }
}
