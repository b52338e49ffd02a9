import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

/** What a call is signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Absent: they do not expire. */
  readonly expiration?: Date;
}

/** Answers the credentials to sign with, fresh ones where they expire. */
export type CredentialProvider = () => Promise<Credentials>;

type SignedRequest = Awaited<ReturnType<SignatureV4["presign"]>>;
type SourceData = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 as the signer wants it, by Node's own. */
class Sha256 {
  readonly #secret: SourceData | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: SourceData) {
    this.#secret = secret;
    this.#hash = startHash(secret);
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = startHash(this.#secret);
  }
}

function startHash(secret: SourceData | undefined): Hash | Hmac {
  return secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
}

function bytesOf(data: SourceData): string | Uint8Array {
  if (typeof data === "string") {
    return data;
  }
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** The regional host of STS. The global one is in another region, and its tokens are not taken by every cluster. */
export function stsHost(region: string): string {
  return `sts.${region}.${region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com"}`;
}

/** A GET to STS that is signed in its headers, or in its URL where `expiresIn` (seconds) is given. */
export async function signStsGet(
  region: string,
  credentials: CredentialProvider,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  options: { readonly signingDate: Date; readonly expiresIn?: number },
): Promise<SignedRequest> {
  const signer = new SignatureV4({ service: "sts", region, credentials, sha256: Sha256 });
  const hostname = stsHost(region);
  const request = {
    method: "GET",
    protocol: "https:",
    hostname,
    path: "/",
    query: { ...query },
    headers: { host: hostname, ...headers },
  };
  return options.expiresIn === undefined
    ? signer.sign(request, { signingDate: options.signingDate })
    : signer.presign(request, { signingDate: options.signingDate, expiresIn: options.expiresIn });
}

/** The URL of a signed request. */
export function urlOf({ protocol, hostname, path, query = {} }: SignedRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ""].flat().map((one) => `${encode(name)}=${encode(one)}`),
  );
  return `${protocol}//${hostname}${path}?${pairs.join("&")}`;
}

/** Percent-encodes as the signature counts it: everything but `A-Za-z0-9-_.~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
