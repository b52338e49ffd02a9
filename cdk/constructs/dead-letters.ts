import { Duration, Validations } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** The longest that SQS keeps a message; `sweep` repairs what the lost event would have done long before. */
const RETENTION = Duration.days(14);

/** How the queue is encrypted. */
export interface DeadLettersProps {
  /**
   * Key of the customer that encrypts the messages.
   * @default - a key that SQS owns
   */
  readonly encryptionKey?: IKey | undefined;
}

/** What no function could handle after all retries, kept for a person to look at. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLettersProps = {}) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      ...queueEncryption(props.encryptionKey),
      enforceSSL: true,
      retentionPeriod: RETENTION,
    });
    Validations.of(this.queue).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "This is a queue of dead letters; an alarm tells of the first message in it.",
    });
  }
}

/** How a queue of the system is encrypted. */
export function queueEncryption(key: IKey | undefined) {
  return key === undefined
    ? { encryption: QueueEncryption.SQS_MANAGED }
    : { encryption: QueueEncryption.KMS, encryptionMasterKey: key };
}
