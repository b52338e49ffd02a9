import { ConfirmSubscriptionCommand, ListTopicsCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { collectBody, textResponse } from "../../../local/wire/http.ts";
import { startLoopbackServer } from "../../../local/wire/loopback-server.ts";
import type { MiniStack } from "./ministack-server.ts";

/** Somebody who has subscribed to the installation's topic. */
export interface Mailbox extends AsyncDisposable {
  /** What has come so far. */
  readonly messages: readonly { readonly subject: string; readonly text: string }[];
}

interface Delivery {
  readonly Type?: string;
  readonly Token?: string;
  readonly TopicArn?: string;
  readonly Subject?: string;
  readonly Message?: string;
}

/** Subscribes by HTTP to the one topic that `accept` takes, and confirms it as SNS asks. */
export async function openMailbox(ministack: MiniStack, accept: (topicArn: string) => boolean): Promise<Mailbox> {
  const sns = new SNSClient(ministack.client);
  const messages: { subject: string; text: string }[] = [];
  const server = await startLoopbackServer(async (request) => {
    const text = (await collectBody(request.body, 1024 * 1024)).toString("utf8");
    const { Type, Token, TopicArn, Subject = "", Message = "" } = JSON.parse(text) as Delivery;
    if (Type === "SubscriptionConfirmation") await sns.send(new ConfirmSubscriptionCommand({ Token, TopicArn }));
    else messages.push({ subject: Subject, text: Message });
    return textResponse(200, "text/plain", "");
  });
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const topic = Topics.find(({ TopicArn = "" }) => accept(TopicArn));
  if (topic === undefined) throw new Error(`No topic is the right one: ${JSON.stringify(Topics)}`);
  await sns.send(new SubscribeCommand({ TopicArn: topic.TopicArn, Protocol: "http", Endpoint: server.endpoint }));
  return {
    messages,
    async [Symbol.asyncDispose]() {
      sns.destroy();
      await server.stop();
    },
  };
}
