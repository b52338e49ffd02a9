import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { expect, test } from "vitest";
import { createEventBus } from "../../../local/events/event-bus.ts";
import { createInProcessHandler } from "../../../local/wire/in-process-handler.ts";
import { answerJsonProtocol } from "../../../local/wire/json-protocol.ts";
import { createManualClock } from "../manual-clock.ts";

test("a target gets what its template makes of the event; a variable that is not there is refused", async () => {
  const clock = createManualClock();
  const sent: string[] = [];
  const bus = createEventBus({
    clock,
    region: "us-east-1",
    accountId: "000000000000",
    randomId: () => "event-1",
    send: (_arn, event) => {
      sent.push(event);
    },
  });
  const client = new EventBridgeClient({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDSHOP", secretAccessKey: "shop" },
    maxAttempts: 1,
    requestHandler: createInProcessHandler((request) => answerJsonProtocol(bus.service, request)),
  });
  await client.send(new PutRuleCommand({ Name: "orders", EventPattern: '{"source":["shop"]}' }));
  const put = (InputTemplate: string) =>
    client.send(
      new PutTargetsCommand({
        Rule: "orders",
        Targets: [
          { Id: "queue", Arn: "arn:aws:sqs:us-east-1:000000000000:orders", InputTransformer: { InputTemplate } },
        ],
      }),
    );
  await expect(put('{"order": <order>}')).rejects.toThrow("The variable <order> of an input transformer is not there.");
  const template = '{"to": "shop", "event": <aws.events.event.json>}';
  await put(template);
  const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: "orders" }));
  expect(Targets).toEqual([
    { Id: "queue", Arn: "arn:aws:sqs:us-east-1:000000000000:orders", InputTransformer: { InputTemplate: template } },
  ]);
  await client.send(
    new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "Order", Detail: '{"tea":"$& <order>"}' }] }),
  );
  await clock.advance(0);
  expect(sent.map((text) => JSON.parse(text))).toMatchObject([
    { to: "shop", event: { id: "event-1", source: "shop", detail: { tea: "$& <order>" } } },
  ]);
  await bus.stop();
});
