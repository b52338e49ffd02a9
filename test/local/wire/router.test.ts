import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEndpoint } from "./endpoint.ts";

let shop: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  shop = await startEndpoint();
});
afterAll(() => shop.stop());

describe.each(["inProcess", "overSocket"] as const)("SDK clients %s", (way) => {
  const config = () => shop[way];

  test("JSON protocol: answers, times and errors", async () => {
    const ssm = new SSMClient(config());
    const Name = `/shop/${way}/price`;
    await ssm.send(new PutParameterCommand({ Name, Value: "7", Type: "String" }));
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    expect(Parameter).toMatchObject({ Name, Value: "7", Version: 1, LastModifiedDate: expect.any(Date) });
    await expect(ssm.send(new GetParameterCommand({ Name: "/shop/none" }))).rejects.toMatchObject({
      name: "ParameterNotFound",
      message: "Parameter /shop/none not found.",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("a member that nothing supports is an error, never ignored", async () => {
    const ssm = new SSMClient(config());
    const command = new PutParameterCommand({ Name: "/shop/x", Value: "7", Type: "String", AllowedPattern: "." });
    await expect(ssm.send(command)).rejects.toMatchObject({
      name: "ValidationException",
      message: "Validation error: not supported here: AllowedPattern.",
    });
  });

  test("DynamoDB by dynalite", async () => {
    const dynamodb = new DynamoDBClient(config());
    const TableName = `orders-${way}`;
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
    await expect
      .poll(async () => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus)
      .toBe("ACTIVE");
    const put = new PutItemCommand({
      TableName,
      Item: { pk: { S: "order-1" }, total: { N: "7" } },
      ConditionExpression: "attribute_not_exists(pk)",
    });
    await dynamodb.send(put);
    await expect(dynamodb.send(put)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: "order-1" } } }));
    expect(Item).toEqual({ pk: { S: "order-1" }, total: { N: "7" } });
  });

  test("Lambda", async () => {
    shop.functions.register({ name: "double", handler: async (event) => Number(event) * 2 });
    shop.functions.register({ name: "broken", handler: () => Promise.reject(new RangeError("too dear")) });
    const lambda = new LambdaClient(config());
    const invoke = (FunctionName: string, Payload: string) => lambda.send(new InvokeCommand({ FunctionName, Payload }));
    const good = await invoke("arn:aws:lambda:eu-west-1:000000000000:function:double", "21");
    expect([good.StatusCode, good.FunctionError, good.Payload?.transformToString()]).toEqual([200, undefined, "42"]);
    const bad = await invoke("broken", "1");
    expect(bad.FunctionError).toBe("Unhandled");
    expect(JSON.parse(bad.Payload?.transformToString() ?? "")).toMatchObject({ errorType: "RangeError" });
    await expect(invoke("none", "1")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const later = await lambda.send(new InvokeCommand({ FunctionName: "double", InvocationType: "Event" }));
    expect(later.StatusCode).toBe(202);
  });

  test("EventBridge", async () => {
    const events = new EventBridgeClient(config());
    const heard: unknown[] = [];
    const unlisten = shop.bus.listen("default", '{"source":["shop"]}', (event) => heard.push(event.detail));
    const result = await events.send(
      new PutEventsCommand({
        Entries: [
          { Source: "shop", DetailType: "Order Placed", Detail: `{"way":"${way}"}`, Time: new Date(0) },
          { Source: "shop", DetailType: "Order Placed", Detail: "[]" },
        ],
      }),
    );
    expect(result.FailedEntryCount).toBe(1);
    expect(result.Entries).toEqual([
      { EventId: expect.any(String) },
      { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." },
    ]);
    await expect.poll(() => heard).toEqual([{ way }]);
    unlisten();
  });
});

describe("who may come in over the socket", () => {
  test.each([
    ["another key", { accessKeyId: "OTHER", secretAccessKey: "shop-secret" }, "InvalidAccessKeyId"],
    ["another secret", { accessKeyId: "SHOPKEY", secretAccessKey: "guessed" }, "SignatureDoesNotMatch"],
  ])("%s is refused", async (_name, credentials, name) => {
    const stranger = { ...shop.overSocket, credentials };
    const get = new GetParameterCommand({ Name: "/shop/secret", WithDecryption: true });
    await expect(new SSMClient(stranger).send(get)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
    const list = new ListObjectsV2Command({ Bucket: "shop-bucket" });
    await expect(new S3Client(stranger).send(list)).rejects.toMatchObject({ name });
  });

  test("no signature at all", async () => {
    for (const target of ["AmazonSSM.GetParameter", "DynamoDB_20120810.ListTables"]) {
      const answer = await fetch(shop.endpoint, { method: "POST", headers: { "x-amz-target": target }, body: "{}" });
      expect([answer.status, await answer.json()]).toEqual([
        403,
        { __type: "MissingAuthenticationTokenException", message: "The request is not signed." },
      ]);
    }
    const invoke = await fetch(`${shop.endpoint}/2015-03-31/functions/double/invocations`, { method: "POST" });
    expect(invoke.status).toBe(403);
    expect((await fetch(`${shop.endpoint}/shop-bucket/dirs/x`)).status).toBe(404);
  });

  test("a signed request with another body", async () => {
    const seen: { headers: Record<string, string>; body: Uint8Array }[] = [];
    const client = new SSMClient({
      ...shop.overSocket,
      requestHandler: {
        handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
          seen.push(request);
          return { response: { statusCode: 200, headers: {}, body: new Uint8Array() } };
        },
      },
    });
    await client.send(new PutParameterCommand({ Name: "/shop/price", Value: "7", Type: "String" })).catch(() => {});
    const [request] = seen;
    const { "content-length": _, host: __, ...headers } = request?.headers ?? {};
    const send = (body: string) => fetch(shop.endpoint, { method: "POST", headers, body });
    const body = new TextDecoder().decode(request?.body);
    expect((await send(body.replace("7", "9"))).status).toBe(403);
    expect((await send(body)).status).toBe(200);
  });
});

test("an operation or a service that is not there", async () => {
  const ask = async (target: string) => {
    const body = Buffer.from("{}");
    const headers = { "x-amz-target": target };
    const answer = await shop.router({
      method: "POST",
      path: "/",
      query: [],
      headers,
      body: chunks(body),
      trusted: true,
    });
    return JSON.parse(Buffer.from(answer.body instanceof Uint8Array ? answer.body : []).toString());
  };
  expect(await ask("AmazonSSM.DescribeParameters")).toMatchObject({ __type: "UnknownOperationException" });
  expect(await ask("AmazonSSM.constructor")).toMatchObject({ __type: "UnknownOperationException" });
  expect(await ask("AmazonSQS.SendMessage")).toMatchObject({ __type: "UnknownOperationException" });
});

async function* chunks(body: Uint8Array): AsyncIterable<Uint8Array> {
  yield body;
}
