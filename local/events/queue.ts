import type { Clock } from "../clock.ts";

/** A message as a function gets it from SQS. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
  readonly eventSourceARN: string;
}

/** A queue with the function that reads from it, and its dead letters. */
export interface QueueOptions {
  readonly clock: Clock;
  readonly arn: string;
  readonly randomId: () => string;
  /** Messages that the function gets at a time. */
  readonly batchSize: number;
  /** How long a message is hidden while the function has it, and after it has failed. */
  readonly visibilityTimeoutSeconds: number;
  /** Times that a message is handed out before it goes to the dead letters. */
  readonly maxReceiveCount: number;
  /** Calls the function; answers which messages failed, all of them where it rejects. */
  readonly receive: (event: { readonly Records: readonly QueueRecord[] }) => Promise<ReadonlySet<string>>;
}

/** SQS between a rule and a function, in this process. */
export interface LocalQueue {
  send(body: string): void;
  /** SQS' ChangeMessageVisibility. @throws where no message has that receipt handle now */
  hide(receiptHandle: string, seconds: number): void;
  /** Bodies of the messages that nobody could handle, the oldest first. */
  readonly deadLetters: readonly string[];
  /** Hands nothing out any more, and waits for what the function has. */
  stop(): Promise<void>;
}

interface Message {
  readonly messageId: string;
  readonly body: string;
  receives: number;
  receiptHandle: string;
  /** Milliseconds since the epoch. */
  visibleAt: number;
}

/** A queue that is read by a function, as Lambda's event source mapping reads one: at least once, in no promised order. */
export function createQueue(options: QueueOptions): LocalQueue {
  const { clock } = options;
  const messages = new Set<Message>();
  const deadLetters: string[] = [];
  const running = new Set<Promise<void>>();
  let isStopped = false;
  let cancel = () => {};

  /** One timer, at the time at which the next message may be seen. */
  const arm = () => {
    cancel();
    const next = Math.min(...[...messages].map(({ visibleAt }) => visibleAt));
    if (!isStopped && Number.isFinite(next)) cancel = clock.schedule(Math.max(0, next - clock.now()), poll);
  };

  const poll = () => {
    const now = clock.now();
    const visible = [...messages].filter(({ visibleAt }) => visibleAt <= now);
    for (const message of visible.filter(({ receives }) => receives >= options.maxReceiveCount)) {
      messages.delete(message);
      deadLetters.push(message.body);
    }
    const batch = visible.filter((message) => messages.has(message)).slice(0, options.batchSize);
    if (batch.length > 0) {
      for (const message of batch) {
        message.receives++;
        message.receiptHandle = options.randomId();
        message.visibleAt = now + options.visibilityTimeoutSeconds * 1000;
      }
      const work: Promise<void> = hand(batch).finally(() => {
        running.delete(work);
        arm();
      });
      running.add(work);
    }
    arm();
  };

  const hand = async (batch: readonly Message[]) => {
    const Records = batch.map(({ body, messageId, receiptHandle, receives }) => ({
      messageId,
      receiptHandle,
      body,
      attributes: { ApproximateReceiveCount: String(receives) },
      eventSourceARN: options.arn,
    }));
    const failed = await options.receive({ Records }).catch(() => undefined);
    for (const message of batch) if (failed !== undefined && !failed.has(message.messageId)) messages.delete(message);
  };

  return {
    send(body) {
      const messageId = options.randomId();
      messages.add({ messageId, body, receives: 0, receiptHandle: "", visibleAt: clock.now() });
      arm();
    },
    hide(receiptHandle, seconds) {
      const message = [...messages].find((other) => other.receiptHandle === receiptHandle);
      if (message === undefined) throw new Error("No message has this receipt handle.");
      message.visibleAt = clock.now() + seconds * 1000;
    },
    deadLetters,
    async stop() {
      isStopped = true;
      cancel();
      await Promise.all(running);
    },
  };
}
