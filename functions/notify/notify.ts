import * as z from "zod";
import { secondsUntilNextTry } from "./backoff.ts";
import { type NotifyEvent, type NotifyResult, type QueuedNotification, queuedNotification } from "./contract.ts";
import { DeliveryError } from "./delivery-error.ts";
import { messageOf } from "./message.ts";
import { post } from "./post.ts";
import type { NotifyRuntime } from "./runtime.ts";
import { createSecrets } from "./secrets.ts";
import { dingtalkRequest } from "./targets/dingtalk.ts";
import { larkRequest } from "./targets/lark.ts";
import { slackRequest } from "./targets/slack.ts";
import { webhookRequest } from "./targets/webhook.ts";

type QueueRecord = NotifyEvent["Records"][number];

/** Delivers what is in the queue, each message by itself: one receiver that fails keeps nobody else waiting. */
export function createNotify(runtime: NotifyRuntime): (event: NotifyEvent) => Promise<NotifyResult> {
  const readSecret = createSecrets(runtime);

  const deliver = async ({ event, notification }: QueuedNotification): Promise<void> => {
    const { name, target } = notification;
    const now = runtime.clock.now();
    switch (target.kind) {
      case "sns": {
        // A laptop has no SNS, and does not load its client.
        const { snsPublication } = await import("./targets/sns.ts");
        await runtime.sns.send(snsPublication(target.topicArn, event, messageOf(event)));
        return;
      }
      case "webhook":
        return post(webhookRequest(event, await readSecret(name), now));
      case "slack":
        return post(slackRequest(messageOf(event), await readSecret(name)));
      case "dingtalk":
        return post(dingtalkRequest(messageOf(event), await readSecret(name), now));
      case "lark":
        return post(larkRequest(messageOf(event), await readSecret(name), now));
    }
  };

  const handleRecord = async (record: QueueRecord): Promise<boolean> => {
    const tries = record.attributes.ApproximateReceiveCount;
    let queued: QueuedNotification | undefined;
    try {
      queued = parseBody(record.body);
      await deliver(queued);
      return true;
    } catch (error) {
      const retryAfter = error instanceof DeliveryError ? error.retryAfterSeconds : undefined;
      const seconds = secondsUntilNextTry(tries, retryAfter);
      runtime.log({
        level: "warn",
        function: "notify",
        message: "a notification was not delivered",
        notification: queued?.notification.name,
        eventId: queued?.event.id,
        messageId: record.messageId,
        tries,
        retrySeconds: seconds,
        error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      });
      await hide(record, seconds);
      return false;
    }
  };

  /** Without it SQS shows the message again after the queue's own time: later, but not never. */
  const hide = async (record: QueueRecord, seconds: number): Promise<void> => {
    try {
      await runtime.hideMessage(record.eventSourceARN, record.receiptHandle, seconds);
    } catch (error) {
      runtime.log({ level: "warn", function: "notify", messageId: record.messageId, error: String(error) });
    }
  };

  return async ({ Records }) => {
    const delivered = await Promise.all(Records.map(handleRecord));
    const failed = Records.filter((_, index) => delivered[index] === false);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

function parseBody(body: string): QueuedNotification {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new DeliveryError("The message is not JSON.");
  }
  const parsed = queuedNotification.safeParse(value);
  if (!parsed.success) {
    throw new DeliveryError(
      `The message is not a notification: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`,
    );
  }
  return parsed.data;
}
