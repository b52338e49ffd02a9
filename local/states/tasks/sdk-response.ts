import type { Document, JsonObject } from "../document.ts";
import { type RandomBytes, randomUuid } from "../randomness.ts";

/**
 * What `lambda:invoke` puts out: the answer of Lambda's `Invoke` as the AWS SDK gives it, with its headers, member for
 * member and in the order of the recordings (corpus/asl, test_base_task).
 */
export function sdkResponse(
  payload: Document,
  environment: { readonly now: () => number; readonly random: RandomBytes },
): JsonObject {
  const requestId = randomUuid(environment.random);
  const length = String(Buffer.byteLength(payload.text));
  const date = new Date(environment.now()).toUTCString();
  const traceId = `root=1-${requestId.slice(0, 8)}-${requestId.replaceAll("-", "").slice(8)};sampled=0`;
  return {
    ExecutedVersion: "$LATEST",
    Payload: payload.value,
    SdkHttpMetadata: {
      AllHttpHeaders: {
        "X-Amz-Executed-Version": ["$LATEST"],
        "x-amzn-Remapped-Content-Length": ["0"],
        Connection: ["keep-alive"],
        "x-amzn-RequestId": [requestId],
        "Content-Length": [length],
        Date: [date],
        "X-Amzn-Trace-Id": [traceId],
        "Content-Type": ["application/json"],
      },
      HttpHeaders: {
        Connection: "keep-alive",
        "Content-Length": length,
        "Content-Type": "application/json",
        Date: date,
        "X-Amz-Executed-Version": "$LATEST",
        "x-amzn-Remapped-Content-Length": "0",
        "x-amzn-RequestId": requestId,
        "X-Amzn-Trace-Id": traceId,
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}
