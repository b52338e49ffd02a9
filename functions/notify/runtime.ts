import type { SNSClient } from "@aws-sdk/client-sns";
import type { SSMClient } from "@aws-sdk/client-ssm";

/** What `notify` reaches outside its own code. */
export interface NotifyRuntime {
  /** Prefix of the names in Parameter Store. */
  readonly configPrefix: string;
  readonly ssm: SSMClient;
  readonly sns: Pick<SNSClient, "send">;
  /** Hides a message of the queue for so long from now on (SQS' `ChangeMessageVisibility`). */
  readonly hideMessage: (queueArn: string, receiptHandle: string, seconds: number) => Promise<void>;
  /** Whether receivers on the loopback interface may be reached by `http:`; on a laptop they may. */
  readonly allowsLoopback: boolean;
  /** `now` is in milliseconds since the epoch. */
  readonly clock: { now(): number };
  /** One structured line; never given a secret. */
  readonly log: (record: object) => void;
}
