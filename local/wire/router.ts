import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Clock } from "../clock.ts";
import type { FunctionHost } from "../function-host/function-host.ts";
import {
  BodyTooLargeError,
  collectBody,
  type Router,
  textResponse,
  type WireRequest,
  type WireResponse,
} from "./http.ts";
import type { Caller } from "./http-api.ts";
import { answerJsonProtocol } from "./json-protocol.ts";
import { answerLambdaProtocol, isLambdaPath } from "./lambda-protocol.ts";
import { type LocalService, ServiceError } from "./service.ts";
import { type Credentials, signedService, verifySignature } from "./signature.ts";

/** What stands behind one endpoint. */
export interface RouterOptions {
  /** Services of the JSON protocols; told apart by their `targetPrefix`. */
  readonly services: readonly LocalService[];
  readonly functions: FunctionHost;
  /** Answers whatever is addressed to DynamoDB. */
  readonly tables: (request: WireRequest) => Promise<WireResponse>;
  /** Answers S3's REST protocol, errors included. */
  readonly objects: (request: WireRequest) => Promise<WireResponse>;
  /** Answers EventBridge Scheduler's REST protocol. Default: nobody does. */
  readonly scheduler?: (request: WireRequest) => Promise<WireResponse>;
  /** Answers requests without an AWS signature, and those that a caller has signed for `execute-api`. */
  readonly httpApi: (request: WireRequest, caller?: Caller) => Promise<WireResponse>;
  readonly credentials: Credentials;
  readonly clock: Clock;
}

/** Service that calls of an API Gateway are signed for. */
const API_GATEWAY = "execute-api";
const DYNAMODB_TARGET = "DynamoDB_20120810";
/** The largest request of the JSON services, DynamoDB's 16 MiB. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

/**
 * One endpoint for everything, as with any emulator: what a request is for shows in its `X-Amz-Target`, its path and
 * the service that it was signed for. Requests that come over a socket must bear a valid signature of this
 * installation; those without any signature are for the HTTP API, whose functions check their callers themselves.
 */
export function createRouter(options: RouterOptions): Router {
  const services = new Map(options.services.map((service) => [service.targetPrefix, service]));

  return async (request) => {
    const target = request.headers["x-amz-target"];
    const signedFor = signedService(request);
    if (target === undefined && signedFor === undefined && !isLambdaPath(request.path)) return options.httpApi(request);
    if (target === undefined && signedFor === API_GATEWAY) return answerSignedCall(request);
    try {
      if (target === undefined && signedFor === "scheduler" && options.scheduler !== undefined) {
        return await options.scheduler(request.trusted ? request : await holdAndVerify(request));
      }
      if (target === undefined && (signedFor === "s3" || !isLambdaPath(request.path))) {
        // S3 signs a hash that the client names, so that nobody must hold a whole upload in memory.
        if (!request.trusted) verify(request, signedPayloadHash(request));
        return await options.objects(request);
      }
      const held = request.trusted ? request : await holdAndVerify(request);
      if (target === undefined) return await answerLambdaProtocol(options.functions, held);
      const [prefix = ""] = target.split(".");
      if (prefix === DYNAMODB_TARGET) return await options.tables(held);
      const service = services.get(prefix);
      if (service === undefined) throw new ServiceError("UnknownOperationException", `Nothing answers to "${target}".`);
      return await answerJsonProtocol(service, held);
    } catch (error) {
      return refuse(error, target === undefined && signedFor === "s3");
    }
  };

  async function answerSignedCall(request: WireRequest): Promise<WireResponse> {
    try {
      const held = request.trusted ? request : await holdAndVerify(request);
      return await options.httpApi(held, { accessKeyId: options.credentials.accessKeyId });
    } catch (error) {
      return refuseCall(error);
    }
  }

  function verify(request: WireRequest, payloadHash: string): void {
    verifySignature(request, payloadHash, options.credentials, options.clock.now());
  }

  async function holdAndVerify(request: WireRequest): Promise<WireRequest> {
    const body = await collectBody(request.body, LARGEST_BODY_BYTES);
    verify(request, createHash("sha256").update(body).digest("hex"));
    return { ...request, body: Readable.from(body.byteLength === 0 ? [] : [body]) };
  }
}

function signedPayloadHash(request: WireRequest): string {
  return (
    request.headers["x-amz-content-sha256"] ??
    request.query.find(([name]) => name === "X-Amz-Content-Sha256")?.[1] ??
    "UNSIGNED-PAYLOAD"
  );
}

/** As API Gateway does, but that the message says more than "Forbidden". */
function refuseCall(error: unknown): WireResponse {
  if (error instanceof BodyTooLargeError) return refuseCall(new ServiceError("RequestTooLarge", error.message, 413));
  if (!(error instanceof ServiceError)) throw error;
  return textResponse(error.statusCode, "application/json", JSON.stringify({ message: error.message }));
}

function refuse(error: unknown, isXml: boolean): WireResponse {
  if (error instanceof BodyTooLargeError) return refuse(new ServiceError("RequestTooLarge", error.message, 413), isXml);
  if (!(error instanceof ServiceError)) throw error;
  if (isXml) {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.name}</Code><Message>${error.message}</Message></Error>`;
    return textResponse(error.statusCode, "application/xml", xml);
  }
  const body = JSON.stringify({ __type: error.name, message: error.message });
  return textResponse(error.statusCode, "application/x-amz-json-1.0", body, { "x-amzn-errortype": error.name });
}
