import { PublishCommand } from "@aws-sdk/client-sns";
import type { QueuedNotification } from "../contract.ts";
import type { Message } from "../message.ts";

/** A subject is ASCII without line feeds, at most 100 characters. Source: SNS API reference, Publish. */
const LONGEST_SUBJECT = 100;

/** People get text by e-mail; programs get the event. Subscriptions filter by the attributes. */
export function snsPublication(
  topicArn: string,
  event: QueuedNotification["event"],
  { error, facts, pipeline, status, title }: Message,
): PublishCommand {
  const text = [
    title,
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...(error === undefined ? [] : ["", error]),
  ];
  const { detail, id, source, time } = event;
  const attribute = (value: string) => ({ DataType: "String", StringValue: value });
  return new PublishCommand({
    TopicArn: topicArn,
    Subject: subjectOf(title),
    MessageStructure: "json",
    Message: JSON.stringify({
      default: JSON.stringify({ id, time, source, "detail-type": event["detail-type"], detail }),
      email: text.join("\n"),
      sms: title,
    }),
    MessageAttributes: {
      eventId: attribute(id),
      detailType: attribute(event["detail-type"]),
      pipeline: attribute(pipeline),
      status: attribute(status),
    },
  });
}

/** Must begin with a letter, a digit or a sign; other scripts become question marks. */
function subjectOf(title: string): string {
  const ascii = title.replaceAll(/[^\x20-\x7e]+/g, "?").replace(/^[?\s]+/, "");
  return `Sluice: ${ascii}`.slice(0, LONGEST_SUBJECT);
}
