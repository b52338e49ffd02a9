import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Clock } from "../clock.ts";
import type { FunctionHost } from "../function-host/function-host.ts";
import {
  BodyTooLargeError,
  collectBody,
  decodePercent,
  textResponse,
  type WireRequest,
  type WireResponse,
} from "./http.ts";

/** A route of an HTTP API whose integration is a function. */
export interface HttpApiRoute {
  /** `POST`, or `ANY`. */
  readonly method: string;
  /** `/v1/attempts/{attemptId}/{call}`: braces match one segment. */
  readonly path: string;
  readonly functionName: string;
  /** `iam`: only requests that are signed for `execute-api` reach the function, with the identity that signed them. */
  readonly authorization: "none" | "iam";
}

/** Whoever has signed a request. */
export interface Caller {
  readonly accessKeyId: string;
}

/** Routes, and the functions behind them. */
export interface HttpApiOptions {
  readonly routes: readonly HttpApiRoute[];
  readonly functions: FunctionHost;
  readonly clock: Clock;
  readonly accountId: string;
}

/** API Gateway's limit of a request. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
const TEXT_TYPES = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded))/;

/**
 * An API Gateway HTTP API with Lambda proxy integrations, payload format 2.0.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function createHttpApi(
  options: HttpApiOptions,
): (request: WireRequest, caller?: Caller) => Promise<WireResponse> {
  return async (request, caller) => {
    const matched = matchRoute(options.routes, request);
    if (matched === undefined) return message(404, "Not Found");
    if (matched.route.authorization === "iam" && caller === undefined) return message(403, "Forbidden");
    let body: Buffer;
    try {
      body = await collectBody(request.body, LARGEST_BODY_BYTES);
    } catch (error) {
      if (error instanceof BodyTooLargeError) return message(413, "Request Too Long");
      throw error;
    }
    const event = toEvent(request, matched, body, options, caller);
    try {
      const result = await options.functions.invoke(matched.route.functionName, JSON.stringify(event));
      return result.functionError === undefined ? toResponse(result.payload) : message(500, "Internal Server Error");
    } catch {
      return message(503, "Service Unavailable");
    }
  };
}

interface Match {
  readonly route: HttpApiRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

function matchRoute(routes: readonly HttpApiRoute[], request: WireRequest): Match | undefined {
  const segments = request.path.split("/");
  for (const route of routes) {
    if (route.method !== "ANY" && route.method !== request.method) continue;
    const wanted = route.path.split("/");
    if (wanted.length !== segments.length) continue;
    const parameters: Record<string, string> = {};
    const isMatch = wanted.every((segment, index) => {
      const given = segments[index] ?? "";
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name === undefined) return segment === given;
      parameters[name] = decodePercent(given);
      return given !== "";
    });
    if (isMatch) return { route, parameters };
  }
  return undefined;
}

function toEvent(
  request: WireRequest,
  { route, parameters }: Match,
  body: Buffer,
  { clock, accountId }: HttpApiOptions,
  caller: Caller | undefined,
): APIGatewayProxyEventV2 & { readonly requestContext: { readonly authorizer?: object } } {
  const isText = TEXT_TYPES.test(request.headers["content-type"] ?? "text/plain");
  const routeKey = `${route.method} ${route.path}`;
  const host = request.headers["host"] ?? "";
  const now = clock.now();
  return {
    version: "2.0",
    routeKey,
    rawPath: decodePercent(request.path),
    rawQueryString: new URLSearchParams(
      request.query.map(([name, value]): [string, string] => [name, value]),
    ).toString(),
    headers: { ...request.headers },
    ...(request.query.length > 0 && { queryStringParameters: joinRepeated(request.query) }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: { ...parameters } }),
    requestContext: {
      accountId,
      apiId: "local",
      ...(route.authorization === "iam" &&
        caller !== undefined && { authorizer: { iam: identityOf(caller, accountId) } }),
      domainName: host,
      domainPrefix: host.split(".")[0] ?? "",
      http: {
        method: request.method,
        path: decodePercent(request.path),
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.byteLength > 0 && { body: body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: body.byteLength > 0 && !isText,
  };
}

/** The one user of an installation on a laptop, as IAM would describe it. */
function identityOf({ accessKeyId }: Caller, accountId: string): object {
  const userArn = `arn:aws:iam::${accountId}:user/local`;
  return {
    accessKey: accessKeyId,
    accountId,
    callerId: accessKeyId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn,
    userId: accessKeyId,
  };
}

function joinRepeated(query: WireRequest["query"]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of query) joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  return joined;
}

/** A result with a `statusCode` is the response; any other JSON is the body of a 200. */
function toResponse(payload: string): WireResponse {
  const result: unknown = JSON.parse(payload);
  if (typeof result !== "object" || result === null || !("statusCode" in result)) {
    return textResponse(200, "application/json", payload);
  }
  const { statusCode } = result;
  if (typeof statusCode !== "number") return message(500, "Internal Server Error");
  const headers: Record<string, string> = { "content-type": "application/json" };
  if ("headers" in result && typeof result.headers === "object" && result.headers !== null) {
    for (const [name, value] of Object.entries(result.headers)) headers[name.toLowerCase()] = String(value);
  }
  const body = "body" in result && typeof result.body === "string" ? result.body : "";
  const isBase64 = "isBase64Encoded" in result && result.isBase64Encoded === true;
  return { statusCode, headers, body: Buffer.from(body, isBase64 ? "base64" : "utf8") };
}

function message(statusCode: number, text: string): WireResponse {
  return textResponse(statusCode, "application/json", JSON.stringify({ message: text }));
}
