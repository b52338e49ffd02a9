import { afterAll, beforeAll, expect, test } from "vitest";
import { createHideMessage } from "../../../functions/notify/hide-message.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

let sqs: Receiver;
beforeAll(async () => {
  sqs = await startReceiver();
});
afterAll(() => sqs.stop());

const credentials = async () => ({ accessKeyId: "AKIDSHOP", secretAccessKey: "shop", sessionToken: "session" });

test("SQS is asked by its JSON protocol, signed with the sandbox's credentials", async () => {
  const hide = createHideMessage({ credentials, endpoint: new URL(sqs.url).origin });
  await hide("arn:aws:sqs:eu-central-1:123456789012:sluice-notifications", "receipt", 40);
  const { body = "", headers, method, path } = sqs.requests.at(-1) ?? {};
  expect([method, path]).toEqual(["POST", "/"]);
  expect(headers).toMatchObject({
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "AmazonSQS.ChangeMessageVisibility",
    "x-amz-security-token": "session",
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDSHOP\/\d{8}\/eu-central-1\/sqs\/aws4_request/,
    ),
  });
  expect(JSON.parse(body)).toEqual({
    QueueUrl: `${new URL(sqs.url).origin}/123456789012/sluice-notifications`,
    ReceiptHandle: "receipt",
    VisibilityTimeout: 40,
  });
});

test("what SQS refuses is an error", async () => {
  sqs.answer = { status: 400 };
  const hide = createHideMessage({ credentials, endpoint: new URL(sqs.url).origin });
  await expect(hide("arn:aws:sqs:cn-north-1:123456789012:x", "receipt", 40)).rejects.toThrow("was answered 400");
});
