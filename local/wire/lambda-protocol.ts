import type { FunctionHost } from "../function-host/function-host.ts";
import {
  BodyTooLargeError,
  collectBody,
  decodePercent,
  textResponse,
  type WireRequest,
  type WireResponse,
} from "./http.ts";
import { ServiceError } from "./service.ts";

const INVOCATION_PATH = /^\/2015-03-31\/functions\/(?<name>[^/]+)\/invocations$/;
/** One byte more than the host's own limit, so that the host words the error. */
const LARGEST_BODY_BYTES = 6 * 1024 * 1024 + 1;

/** Whether a path is one of Lambda's REST API. */
export function isLambdaPath(path: string): boolean {
  return path.startsWith("/2015-03-31/functions");
}

/**
 * Lambda's `Invoke`, the one operation of its REST API that is there.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function answerLambdaProtocol(functions: FunctionHost, request: WireRequest): Promise<WireResponse> {
  try {
    const name = INVOCATION_PATH.exec(request.path)?.groups?.["name"];
    if (name === undefined || request.method !== "POST") {
      throw new ServiceError("UnknownOperationException", `Lambda has no ${request.method} ${request.path} here.`, 404);
    }
    const payload = (await collectBody(request.body, LARGEST_BODY_BYTES)).toString("utf8");
    return await invoke(functions, decodePercent(name), payload, request.headers["x-amz-invocation-type"]);
  } catch (error) {
    if (error instanceof ServiceError) return errorResponse(error.statusCode, error.name, error.message);
    if (error instanceof BodyTooLargeError) return errorResponse(413, "RequestTooLargeException", error.message);
    return errorResponse(500, "ServiceException", String(error));
  }
}

async function invoke(
  functions: FunctionHost,
  name: string,
  payload: string,
  invocationType = "RequestResponse",
): Promise<WireResponse> {
  switch (invocationType) {
    case "RequestResponse": {
      const result = await functions.invoke(name, payload);
      const functionError = result.functionError === undefined ? {} : { "x-amz-function-error": result.functionError };
      return textResponse(200, "application/json", result.payload, {
        "x-amz-executed-version": "$LATEST",
        ...functionError,
      });
    }
    case "Event":
      functions.invokeLater(name, payload);
      return textResponse(202, "application/json", "");
    default:
      throw new ServiceError("InvalidParameterValueException", `InvocationType "${invocationType}" is not supported.`);
  }
}

function errorResponse(statusCode: number, name: string, message: string): WireResponse {
  const body = JSON.stringify({ Type: statusCode < 500 ? "User" : "Service", Message: message, message });
  return textResponse(statusCode, "application/json", body, { "x-amzn-errortype": name });
}
