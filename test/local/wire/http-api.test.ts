import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signedHeaders } from "../../../cli/api/sign.ts";
import { startEndpoint } from "./endpoint.ts";

let shop: Awaited<ReturnType<typeof startEndpoint>>;
let answer: unknown;
const events: APIGatewayProxyEventV2[] = [];

beforeAll(async () => {
  shop = await startEndpoint();
  shop.functions.register({
    name: "orders",
    handler: async (event) => {
      events.push(event as APIGatewayProxyEventV2);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
});
afterAll(() => shop.stop());

const post = (path: string, init: RequestInit = {}) => fetch(shop.endpoint + path, { method: "POST", ...init });

test("a request becomes an event of payload format 2.0", async () => {
  answer = { statusCode: 201, headers: { "X-Order": "7" }, body: "done" };
  const response = await post("/v1/orders/a%20b.1/pay?x=1&x=2&y", {
    body: '{"sum":7}',
    headers: { "content-type": "application/json", authorization: "Bearer secret" },
  });
  expect([response.status, response.headers.get("x-order"), await response.text()]).toEqual([201, "7", "done"]);
  expect(events.at(-1)).toMatchObject({
    version: "2.0",
    routeKey: "POST /v1/orders/{order}/{call}",
    rawPath: "/v1/orders/a b.1/pay",
    rawQueryString: "x=1&x=2&y=",
    queryStringParameters: { x: "1,2", y: "" },
    pathParameters: { order: "a b.1", call: "pay" },
    headers: { authorization: "Bearer secret" },
    requestContext: {
      accountId: "000000000000",
      stage: "$default",
      http: { method: "POST", path: "/v1/orders/a b.1/pay" },
    },
    body: '{"sum":7}',
    isBase64Encoded: false,
  });
});

test("bytes travel as base64, in both directions", async () => {
  answer = { statusCode: 200, body: Buffer.from([0, 255]).toString("base64"), isBase64Encoded: true };
  const response = await post("/v1/orders/1/label", {
    body: new Uint8Array([255, 0]),
    headers: { "content-type": "application/octet-stream" },
  });
  expect([...(await response.bytes())]).toEqual([0, 255]);
  expect(events.at(-1)).toMatchObject({ body: Buffer.from([255, 0]).toString("base64"), isBase64Encoded: true });
});

test("a result without a status is the body of a 200", async () => {
  answer = { order: 7 };
  const response = await post("/v1/orders/1/pay");
  expect([response.status, response.headers.get("content-type"), await response.json()]).toEqual([
    200,
    "application/json",
    { order: 7 },
  ]);
});

test("what a caller sees when a function fails, and where there is no route", async () => {
  answer = new Error("a secret reason");
  const failed = await post("/v1/orders/1/pay");
  expect([failed.status, await failed.json()]).toEqual([500, { message: "Internal Server Error" }]);
  for (const path of ["/v1/orders/1", "/v1/orders//pay", "/v1/orders/1/pay/", "/v2/orders/1/pay"]) {
    expect([path, (await post(path)).status]).toEqual([path, 404]);
  }
  expect((await fetch(`${shop.endpoint}/v1/orders/1/pay`)).status).toBe(404);
});

test("a route with IAM authorization is reached with a signature only, and knows whose it is", async () => {
  answer = { statusCode: 200, body: "{}" };
  const before = events.length;
  const sign = (secretAccessKey: string, url: string) =>
    signedHeaders(
      {
        url: shop.endpoint,
        region: "eu-central-1",
        key: async () => ({ ...shop.credentials, secretAccessKey }),
        isLocal: true,
      },
      { method: "GET", path: url, query: { day: "1 2+3/4" }, body: undefined },
    );
  const get = async (headers: Readonly<Record<string, string>>, path = "/invoices/f%C3%BC%2F1") => {
    const response = await fetch(`${shop.endpoint}${path}?day=1%202%2B3%2F4`, { headers });
    return { status: response.status, body: await response.json() };
  };
  expect(await get({})).toEqual({ status: 403, body: { message: "Forbidden" } });
  const wrong = await get(await sign("wrong", "/invoices/f%C3%BC%2F1"));
  expect(wrong).toEqual({ status: 403, body: { message: "The signature does not match the request." } });
  const stolen = await sign(shop.credentials.secretAccessKey, "/invoices/f%C3%BC%2F1");
  expect((await get(stolen, "/invoices/2")).status).toBe(403);
  expect(events).toHaveLength(before);

  expect((await get(stolen)).status).toBe(200);
  expect(events.at(-1)).toMatchObject({
    routeKey: "GET /invoices/{invoice}",
    pathParameters: { invoice: "fü/1" },
    queryStringParameters: { day: "1 2+3/4" },
    requestContext: {
      authorizer: { iam: { userArn: "arn:aws:iam::000000000000:user/local", accountId: "000000000000" } },
    },
  });
});
