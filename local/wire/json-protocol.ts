import { BodyTooLargeError, collectBody, type WireRequest, type WireResponse } from "./http.ts";
import { type LocalService, ServiceError } from "./service.ts";

/** What AWS's JSON services take at most; far above anything that Sluice sends. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

/**
 * The protocols `awsJson1_0` and `awsJson1_1`, which the SDK clients 3.1162 speak to Step Functions, EventBridge, SSM
 * and ECS: `POST /`, the operation in `X-Amz-Target`, times as seconds since the epoch, bytes as base64.
 * Source: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export async function answerJsonProtocol(service: LocalService, request: WireRequest): Promise<WireResponse> {
  const [, operationName = ""] = (request.headers["x-amz-target"] ?? "").split(".");
  try {
    const operation = Object.hasOwn(service.operations, operationName) ? service.operations[operationName] : undefined;
    if (operation === undefined) {
      throw new ServiceError("UnknownOperationException", `${service.name} has no operation "${operationName}" here.`);
    }
    const input = parseInput(await collectBody(request.body, LARGEST_BODY_BYTES));
    return jsonResponse(service, 200, await operation(input));
  } catch (error) {
    return errorResponse(service, error);
  }
}

function parseInput(body: Buffer): unknown {
  if (body.byteLength === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new ServiceError("SerializationException", `The body is not JSON: ${String(cause)}`);
  }
}

function errorResponse(service: LocalService, error: unknown): WireResponse {
  if (error instanceof BodyTooLargeError) {
    return jsonResponse(service, 413, { __type: "RequestEntityTooLargeException", message: error.message });
  }
  if (error instanceof ServiceError) {
    return jsonResponse(service, error.statusCode, { ...error.members, __type: error.name, message: error.message });
  }
  // A bug of ours: the stack is what helps, and there is nobody here from whom to hide it.
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return jsonResponse(service, 500, { __type: "InternalFailure", message });
}

function jsonResponse(service: LocalService, statusCode: number, content: object): WireResponse {
  return {
    statusCode,
    headers: { "content-type": `application/x-amz-json-${service.jsonVersion}` },
    body: Buffer.from(JSON.stringify(toWire(content))),
  };
}

/** Dates become seconds, bytes become base64; everything else is JSON already. */
function toWire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry)]));
  }
  return value;
}
