import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { NotifyRuntime } from "./runtime.ts";

/** Who asks, and where. */
export interface QueueCaller {
  readonly credentials: () => Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }>;
  /** Base URL of SQS where it is not AWS's own (`AWS_ENDPOINT_URL_SQS`, `AWS_ENDPOINT_URL`). */
  readonly endpoint?: string | undefined;
}

/** A slow answer is no reason to hold a message that will come again anyway. */
const TIMEOUT_MILLISECONDS = 5_000;

/**
 * SQS' one call that is needed, by its JSON protocol: the whole client would be the largest part of this function.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
export function createHideMessage({ credentials, endpoint }: QueueCaller): NotifyRuntime["hideMessage"] {
  return async (queueArn, receiptHandle, seconds) => {
    const [, , , region = "", account = "", name = ""] = queueArn.split(":");
    const base = new URL(
      endpoint ?? `https://sqs.${region}.${region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com"}`,
    );
    const body = JSON.stringify({
      QueueUrl: new URL(`/${account}/${name}`, base).href,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    });
    const signer = new SignatureV4({ service: "sqs", region, credentials, sha256: Sha256 });
    const { headers } = await signer.sign({
      method: "POST",
      protocol: base.protocol,
      hostname: base.hostname,
      path: "/",
      headers: {
        host: base.host,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AmazonSQS.ChangeMessageVisibility",
      },
      body,
    });
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const response = await fetch(base, { method: "POST", headers, body, signal });
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(`ChangeMessageVisibility was answered ${response.status}.`);
    }
  };
}

/** The hash as the signer wants it. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", toBytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === "string") {
    return Buffer.from(data);
  }
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
