import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { queryValue, type WireRequest } from "./http.ts";
import { ServiceError } from "./service.ts";

/** Key pair that an installation makes up at its start; whoever does not have it is refused at the loopback port. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** `<key>/<yyyymmdd>/<region>/<service>/aws4_request` */
interface CredentialScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

interface Signature {
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261121T125752Z` */
  readonly time: string;
  /** Only on presigned URLs. */
  readonly expiresSeconds?: number;
}

/** Clocks may differ by this much, as on AWS. */
const SKEW_MILLISECONDS = 15 * 60 * 1000;
/** A week: the longest life of a presigned URL. */
const LONGEST_EXPIRY_SECONDS = 604_800;
const ALGORITHM = "AWS4-HMAC-SHA256";

/** The service that a request was signed for, or `undefined` when it bears no signature. */
export function signedService(request: WireRequest): string | undefined {
  const authorization = request.headers["authorization"];
  const credential = authorization?.startsWith(ALGORITHM)
    ? authorizationPart(authorization, "Credential")
    : queryValue(request, "X-Amz-Credential");
  return credential === undefined ? undefined : parseScope(credential)?.service;
}

/**
 * Checks Signature Version 4 of a request, in the header or (presigned) in the query. The endpoint hands out secrets
 * and moves runs; on a loopback port every user of the machine could ask it, and so could the user's own commands.
 * `payloadHash` is the SHA-256 of the body, in hex, or what S3 signs instead of it (`x-amz-content-sha256`, which
 * `s3/upload.ts` compares with the body while it reads it).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @throws {ServiceError} 403, with the error code that S3 and the JSON services share
 */
export function verifySignature(
  request: WireRequest,
  payloadHash: string,
  credentials: Credentials,
  nowMilliseconds: number,
): void {
  const signature = request.headers["authorization"] ? fromHeader(request) : fromQuery(request);
  if (signature === undefined) throw denied("MissingAuthenticationTokenException", "The request is not signed.");
  if (signature.scope.accessKeyId !== credentials.accessKeyId) {
    throw denied("InvalidAccessKeyId", "The access key id is not the one of this installation.");
  }
  if (!signature.signedHeaders.includes("host")) {
    throw denied("SignatureDoesNotMatch", "The header host must be signed.");
  }
  checkTime(signature, nowMilliseconds);
  const expected = Buffer.from(sign(request, signature, payloadHash, credentials));
  const given = Buffer.from(signature.signature);
  if (expected.byteLength !== given.byteLength || !timingSafeEqual(expected, given)) {
    throw denied("SignatureDoesNotMatch", "The signature does not match the request.");
  }
}

function fromHeader(request: WireRequest): Signature | undefined {
  const authorization = request.headers["authorization"] ?? "";
  const scope = parseScope(authorizationPart(authorization, "Credential") ?? "");
  const signedHeaders = authorizationPart(authorization, "SignedHeaders");
  const signature = authorizationPart(authorization, "Signature");
  const time = request.headers["x-amz-date"];
  if (!authorization.startsWith(ALGORITHM) || !scope || !signedHeaders || !signature || !time) return undefined;
  return { scope, signedHeaders: signedHeaders.split(";"), signature, time };
}

function fromQuery(request: WireRequest): Signature | undefined {
  const scope = parseScope(queryValue(request, "X-Amz-Credential") ?? "");
  const signedHeaders = queryValue(request, "X-Amz-SignedHeaders");
  const signature = queryValue(request, "X-Amz-Signature");
  const time = queryValue(request, "X-Amz-Date");
  const expiresSeconds = Number(queryValue(request, "X-Amz-Expires"));
  const isAlgorithmKnown = queryValue(request, "X-Amz-Algorithm") === ALGORITHM;
  if (!isAlgorithmKnown || !scope || !signedHeaders || !signature || !time || !(expiresSeconds > 0)) return undefined;
  return { scope, signedHeaders: signedHeaders.split(";"), signature, time, expiresSeconds };
}

function checkTime(signature: Signature, now: number): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signature.time)?.map(Number) ?? [];
  if (year === undefined || month === undefined || !signature.time.startsWith(signature.scope.date)) {
    throw denied("SignatureDoesNotMatch", "The time of the signature is wrong.");
  }
  const signedAt = Date.UTC(year, month - 1, day, hour, minute, second);
  const { expiresSeconds } = signature;
  if (signedAt > now + SKEW_MILLISECONDS) throw denied("RequestTimeTooSkewed", "The request was signed in the future.");
  const endsAt = expiresSeconds === undefined ? signedAt + SKEW_MILLISECONDS : signedAt + expiresSeconds * 1000;
  if (now > endsAt || (expiresSeconds ?? 0) > LONGEST_EXPIRY_SECONDS) {
    throw denied("AccessDenied", "The request has expired.");
  }
}

function sign(request: WireRequest, signature: Signature, payloadHash: string, credentials: Credentials): string {
  const { scope } = signature;
  const canonicalRequest = [
    request.method,
    canonicalPath(request.path, scope.service),
    canonicalQuery(request.query),
    ...signature.signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers[name] ?? "")}`),
    "",
    signature.signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const text = [ALGORITHM, signature.time, scopeText, sha256Hex(canonicalRequest)].join("\n");
  const key = [scope.date, scope.region, scope.service, "aws4_request"].reduce<Buffer | string>(
    (previous, part) => hmac(previous, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  return hmac(key, text).toString("hex");
}

/** S3 signs the path as it is sent, every other service encodes it once more. */
function canonicalPath(path: string, service: string): string {
  return service === "s3" ? path : path.split("/").map(encodeStrictly).join("/");
}

function canonicalQuery(query: WireRequest["query"]): string {
  return query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join("="))
    .join("&");
}

function canonicalHeader(value: string): string {
  return value.trim().replace(/\s+/g, " ");
}

/** RFC 3986: `encodeURIComponent` leaves five characters that AWS encodes. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function parseScope(credential: string): CredentialScope | undefined {
  const [accessKeyId, date, region, service, end] = credential.split("/");
  if (!accessKeyId || !date || !region || !service || end !== "aws4_request") return undefined;
  return { accessKeyId, date, region, service };
}

function authorizationPart(authorization: string, name: string): string | undefined {
  return new RegExp(`[ ,]${name}=([^, ]+)`).exec(authorization)?.[1];
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();
const sha256Hex = (text: string) => createHash("sha256").update(text).digest("hex");
const denied = (code: string, message: string) => new ServiceError(code, message, 403);
