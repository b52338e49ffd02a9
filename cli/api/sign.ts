import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Endpoint } from "./endpoint.ts";

/** A request before it is signed. */
export interface UnsignedRequest {
  readonly method: "GET" | "POST";
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The headers of a request, with Signature Version 4 for the service `execute-api`. */
export async function signedHeaders(
  { url, region, key }: Endpoint,
  { method, path, query, body }: UnsignedRequest,
): Promise<Readonly<Record<string, string>>> {
  const { host, hostname, pathname, protocol } = new URL(url);
  const signer = new SignatureV4({ service: "execute-api", region, credentials: key, sha256: Sha256 });
  const { headers } = await signer.sign({
    method,
    protocol,
    hostname,
    path: `${pathname.replace(/\/$/, "")}${path}`,
    query: { ...query },
    headers: { host, ...(body !== undefined && { "content-type": "application/json" }) },
    body,
  });
  return headers;
}

/** Node's own SHA-256 in the shape that the signer wants. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", toBytes(secret));
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

function toBytes(data: unknown): Uint8Array {
  if (typeof data === "string") return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new TypeError("Only text and bytes are hashed.");
}
