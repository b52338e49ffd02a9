import { createHmac } from "node:crypto";
import type { Context } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createNotify } from "../../../functions/index.ts";
import type { NotifyRuntime } from "../../../functions/notify/runtime.ts";
import { FakeParameters } from "../support/clients.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

const NOW = Date.parse("2026-01-15T12:00:00Z");
const KEY = "k3y of the shop";
const QUEUE = "arn:aws:sqs:eu-central-1:123456789012:sluice-notifications";

const RUN_FAILED = {
  version: "0",
  id: "11111111-2222-3333-4444-555555555555",
  time: "2026-01-15T11:59:59Z",
  region: "eu-central-1",
  account: "123456789012",
  resources: [],
  source: "sluice",
  "detail-type": "Sluice Run Status Change",
  detail: {
    version: 1,
    runId: "20260115-115900-abcdef",
    pipeline: "shop",
    name: "Shop <release> & [more]",
    status: "failed",
    createdAt: "2026-01-15T11:58:00.000Z",
    startedAt: "2026-01-15T11:58:01.000Z",
    endedAt: "2026-01-15T11:59:59.000Z",
    error: { name: "Sluice.RunFailed", cause: "deploy failed: <!channel> `rm`\nexit code 1" },
    time: "2026-01-15T11:59:59.000Z",
  },
};

const ACTION_SKIPPED = {
  ...RUN_FAILED,
  "detail-type": "Sluice Action Status Change",
  detail: {
    version: 1,
    runId: "20260115-115900-abcdef",
    pipeline: "shop",
    action: "deploy",
    alias: "deploy",
    status: "skipped",
    attempt: 0,
    iteration: 1,
    reason: "an earlier action failed",
    exitCode: 3,
    time: "2026-01-15T11:59:59.000Z",
  },
};

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.answer = { status: 200 };
});

function open(rest: Partial<NotifyRuntime> = {}) {
  const parameters = new FakeParameters();
  const hidden: { queue: string; receiptHandle: string; seconds: number }[] = [];
  const logs: object[] = [];
  const published: unknown[] = [];
  const clock = { now: NOW };
  const handler = createNotify({
    configPrefix: "/sluice",
    ssm: parameters.client,
    sns: {
      send: async (command: { input: unknown }) => {
        published.push(command.input);
      },
    } as unknown as NotifyRuntime["sns"],
    hideMessage: async (queue, receiptHandle, seconds) => {
      hidden.push({ queue, receiptHandle, seconds });
    },
    allowsLoopback: true,
    clock: { now: () => clock.now },
    log: (record) => logs.push(record),
    ...rest,
  });
  const record = (body: unknown, tries = 1, messageId = "m-1") => ({
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(tries) },
    eventSourceARN: QUEUE,
  });
  const send = (...records: object[]) => handler({ Records: records }, {} as Context);
  const queued = (kind: string, event: object = RUN_FAILED, target: object = {}) => ({
    notification: { name: "ops", target: { kind, ...target } },
    event,
  });
  const secret = (value: unknown) =>
    parameters.parameters.set("/sluice/notifications/ops", {
      value: typeof value === "string" ? value : JSON.stringify(value),
      type: "SecureString",
    });
  return { parameters, hidden, logs, published, clock, record, send, queued, secret };
}

const FAILED = { batchItemFailures: [{ itemIdentifier: "m-1" }] };
const DELIVERED = { batchItemFailures: [] };
const last = () => receiver.requests.at(-1);
const lastBody = () => JSON.parse(last()?.body ?? "");

describe("a webhook", () => {
  test("gets the event with its id, signed with the time", async () => {
    const { queued, record, secret, send } = open();
    secret({ url: receiver.url, key: KEY });
    expect(await send(record(queued("webhook")))).toEqual(DELIVERED);
    const { body = "", headers = {}, method } = last() ?? {};
    expect(method).toBe("POST");
    expect(JSON.parse(body)).toEqual({
      id: RUN_FAILED.id,
      time: RUN_FAILED.time,
      source: "sluice",
      "detail-type": "Sluice Run Status Change",
      detail: RUN_FAILED.detail,
    });
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(headers["sluice-event-id"]).toBe(RUN_FAILED.id);
    const signature = createHmac("sha256", KEY)
      .update(`${NOW / 1000}.${body}`)
      .digest("hex");
    expect(headers["sluice-signature"]).toBe(`t=${NOW / 1000},v1=${signature}`);
  });

  test("without a key is refused: its receiver could not know who calls", async () => {
    const { logs, queued, record, secret, send } = open();
    secret({ url: receiver.url });
    const before = receiver.requests.length;
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    expect(receiver.requests).toHaveLength(before);
    expect(logs).toMatchObject([{ error: expect.stringContaining("needs a key") }]);
  });
});

describe("chats get text in their own form", () => {
  test("Slack: one section, in which nobody can be called and nothing is a link", async () => {
    const { queued, record, secret, send } = open();
    secret({ url: receiver.url });
    expect(await send(record(queued("slack")))).toEqual(DELIVERED);
    expect(lastBody()).toEqual({
      text: "❌ Shop &lt;release&gt; &amp; [more]: failed",
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: [
              "*❌ Shop &lt;release&gt; &amp; [more]: failed*",
              "Run: 20260115-115900-abcdef",
              "Took: 1 min 58 s",
              "```deploy failed: &lt;!channel&gt; 'rm'",
              "exit code 1```",
            ].join("\n"),
          },
        },
      ],
    });
    await send(record(queued("slack", ACTION_SKIPPED)));
    expect(lastBody().blocks[0].text.text).toBe(
      "*⏭️ shop / deploy: skipped*\nRun: 20260115-115900-abcdef\nExit code: 3\nWhy: an earlier action failed",
    );
  });

  test("DingTalk: markdown, with time and signature in the query", async () => {
    const { queued, record, secret, send } = open();
    receiver.answer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
    secret({ url: receiver.url, key: KEY });
    expect(await send(record(queued("dingtalk")))).toEqual(DELIVERED);
    const query = new URL(last()?.path ?? "", "http://chat").searchParams;
    expect(Object.fromEntries(query)).toEqual({
      token: "t0ken-of-the-chat",
      timestamp: String(NOW),
      sign: createHmac("sha256", KEY).update(`${NOW}\n${KEY}`).digest("base64"),
    });
    expect(lastBody()).toEqual({
      msgtype: "markdown",
      markdown: {
        title: "❌ Shop <release> & [more]: failed",
        text: [
          "#### ❌ Shop <release> & \\[more\\]: failed",
          "- Run: 20260115-115900-abcdef",
          "- Took: 1 min 58 s",
          "> deploy failed: <\\!channel> \\`rm\\`\n> exit code 1",
        ].join("\n\n"),
      },
    });
  });

  test("Lark: a post whose elements are text, with time and signature in the body", async () => {
    const { queued, record, secret, send } = open();
    receiver.answer = { status: 200, body: '{"code":0,"msg":"success","data":{}}' };
    secret({ url: receiver.url, key: KEY });
    expect(await send(record(queued("lark")))).toEqual(DELIVERED);
    const timestamp = String(NOW / 1000);
    expect(lastBody()).toEqual({
      timestamp,
      sign: createHmac("sha256", `${timestamp}\n${KEY}`).digest("base64"),
      msg_type: "post",
      content: {
        post: {
          en_us: {
            title: "❌ Shop <release> & [more]: failed",
            content: [
              [{ tag: "text", text: "Run: 20260115-115900-abcdef" }],
              [{ tag: "text", text: "Took: 1 min 58 s" }],
              [{ tag: "text", text: "deploy failed: <!channel> `rm`\nexit code 1" }],
            ],
          },
        },
      },
    });
  });

  test.each([
    ["dingtalk", '{"errcode":310000,"errmsg":"sign not match"}', "errcode 310000, sign not match"],
    ["lark", '{"code":19021,"msg":"sign match fail"}', "code 19021, sign match fail"],
    ["lark", "<html>", "its answer is not JSON"],
  ])("%s that refuses with status 200 is tried again", async (kind, body, reason) => {
    const { hidden, logs, queued, record, secret, send } = open();
    receiver.answer = { status: 200, body };
    secret({ url: receiver.url });
    expect(await send(record(queued(kind)))).toEqual(FAILED);
    expect(hidden).toHaveLength(1);
    expect(logs).toMatchObject([{ error: `DeliveryError: The receiver refused the message: ${reason}.` }]);
    expect(new URL(last()?.path ?? "", "http://chat").searchParams.has("sign")).toBe(false);
  });
});

test("SNS gets text for people, the event for programs, and attributes to filter by", async () => {
  const { published, queued, record, send } = open();
  const topicArn = "arn:aws:sns:eu-central-1:123456789012:shop";
  expect(await send(record(queued("sns", RUN_FAILED, { topicArn })))).toEqual(DELIVERED);
  const [{ Message, ...rest } = { Message: "" }] = published as { Message: string }[];
  expect(rest).toEqual({
    TopicArn: topicArn,
    Subject: "Sluice: Shop <release> & [more]: failed",
    MessageStructure: "json",
    MessageAttributes: {
      eventId: { DataType: "String", StringValue: RUN_FAILED.id },
      detailType: { DataType: "String", StringValue: "Sluice Run Status Change" },
      pipeline: { DataType: "String", StringValue: "shop" },
      status: { DataType: "String", StringValue: "failed" },
    },
  });
  const message = JSON.parse(Message);
  expect(message.email).toBe(
    "❌ Shop <release> & [more]: failed\nRun: 20260115-115900-abcdef\nTook: 1 min 58 s\n\n" +
      "deploy failed: <!channel> `rm`\nexit code 1",
  );
  expect(JSON.parse(message.default)).toMatchObject({ id: RUN_FAILED.id, detail: RUN_FAILED.detail });
});

describe("what was not delivered comes again", () => {
  test.each([
    [1, {}, 10],
    [2, {}, 20],
    [7, {}, 640],
    [8, {}, 900],
    [9, {}, 900],
    [1, { "retry-after": "120" }, 120],
    [5, { "retry-after": "3" }, 160],
    [1, { "retry-after": "999999" }, 43_200],
    [1, { "retry-after": "Thu, 15 Jan 2026 12:30:00 GMT" }, 10],
  ])("after try %i (%o) in %i seconds", async (tries, headers, seconds) => {
    const { hidden, queued, record, secret, send } = open();
    receiver.answer = { status: 503, headers };
    secret({ url: receiver.url, key: KEY });
    expect(await send(record(queued("webhook"), tries))).toEqual(FAILED);
    expect(hidden).toEqual([{ queue: QUEUE, receiptHandle: "receipt of m-1", seconds }]);
  });

  test("a receiver that hangs up, or redirects, has not taken it", async () => {
    const { logs, queued, record, secret, send } = open();
    secret({ url: receiver.url, key: KEY });
    receiver.answer = "hang up";
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    receiver.answer = { status: 302, headers: { location: receiver.url } };
    const before = receiver.requests.length;
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    expect(receiver.requests).toHaveLength(before + 1);
    expect(logs).toMatchObject([
      { error: expect.stringMatching(/could not be reached \(\w+\)/) },
      { error: "DeliveryError: The receiver answered 302." },
    ]);
  });

  test("only the messages that failed do", async () => {
    const { queued, record, secret, send } = open();
    secret({ url: receiver.url, key: KEY });
    const result = await send(
      record(queued("webhook"), 1, "good"),
      record("not JSON", 1, "bad"),
      record(queued("webhook", { ...RUN_FAILED, "detail-type": "other" }), 1, "also good"),
      record(queued("slack", { ...RUN_FAILED, "detail-type": "other" }), 1, "wordless"),
      record(queued("slack", { ...RUN_FAILED, detail: { version: 2 } }), 1, "of tomorrow"),
      record({ notification: { name: "ops", target: { kind: "pigeon" } } }, 1, "strange"),
    );
    expect(result).toEqual({
      batchItemFailures: ["bad", "wordless", "of tomorrow", "strange"].map((itemIdentifier) => ({ itemIdentifier })),
    });
  });

  test("also where the queue cannot be told how late", async () => {
    const { logs, queued, record, secret, send } = open({
      hideMessage: () => Promise.reject(new Error("no answer")),
    });
    receiver.answer = { status: 500 };
    secret({ url: receiver.url, key: KEY });
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    expect(logs).toMatchObject([{ tries: 1 }, { error: "Error: no answer" }]);
  });
});

describe("URL and key", () => {
  test.each([
    ["not JSON", "is not JSON"],
    [{ key: KEY }, "url:"],
    [{ url: "no url" }, "url:"],
    [{ url: "https://chat.example", kye: KEY }, "kye"],
    [{ url: "http://chat.example/", key: KEY }, "must begin with https://"],
    [{ url: "http://127.0.0.1.example/", key: KEY }, "must begin with https://"],
    [{ url: "ftp://127.0.0.1/", key: KEY }, "must begin with https://"],
  ])("%j is refused, and nothing of it is told", async (value, reason) => {
    const { logs, queued, record, secret, send } = open();
    secret(value);
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    expect(logs).toMatchObject([{ error: expect.stringContaining(reason) }]);
    expect(JSON.stringify(logs)).not.toContain(KEY);
    expect(JSON.stringify(logs)).not.toContain("chat.example");
  });

  test("of the loopback interface are for a laptop: in AWS they are refused", async () => {
    const { logs, queued, record, secret, send } = open({ allowsLoopback: false });
    secret({ url: receiver.url, key: KEY });
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    expect(logs).toMatchObject([{ error: expect.stringContaining("must begin with https://") }]);
  });

  test("stand in no log and in no message, whatever happens", async () => {
    const { logs, queued, record, secret, send } = open();
    secret({ url: receiver.url, key: KEY });
    for (const answer of [{ status: 500 }, { status: 404, body: "x" }, "hang up"] as const) {
      receiver.answer = answer;
      await send(record(queued("webhook")), record(queued("dingtalk"), 1, "m-2"));
    }
    expect(logs.length).toBeGreaterThan(5);
    expect(JSON.stringify(logs)).not.toMatch(/t0ken|k3y|127\.0\.0\.1/);
  });

  test("are read once a minute, so that a changed one counts soon; a missing one is tried again", async () => {
    const { clock, parameters, queued, record, secret, send } = open();
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    secret({ url: receiver.url, key: KEY });
    expect(await send(record(queued("webhook")))).toEqual(DELIVERED);
    secret("wrong");
    expect(await send(record(queued("webhook")))).toEqual(DELIVERED);
    clock.now += 60_000;
    expect(await send(record(queued("webhook")))).toEqual(FAILED);
    expect(parameters.asked).toHaveLength(3);
  });
});

test("an event that SQS would not send is refused as a whole", async () => {
  const { send } = open();
  await expect(send({ body: "x" })).rejects.toThrow("messageId");
});
