import { ObjectExistsError, type ObjectRecord, type ObjectStore } from "../../objects/object-store.ts";
import { queryValue, textResponse, type WireRequest, type WireResponse } from "../http.ts";
import { ServiceError } from "../service.ts";
import { listObjects } from "./list-objects.ts";
import { readRange } from "./range.ts";
import { readS3Address } from "./s3-address.ts";
import { s3Error, s3ErrorResponse } from "./s3-error.ts";
import { openUpload } from "./upload.ts";

/** S3's limit of a key, in UTF-8 bytes. */
const LONGEST_KEY_BYTES = 1024;
const METADATA_PREFIX = "x-amz-meta-";
/** `x-amz-*` headers that are understood, or may be passed over without changing what the caller gets. */
const KNOWN_HEADERS =
  /^x-amz-(checksum-.+|content-sha256|date|decoded-content-length|meta-.+|sdk-checksum-algorithm|security-token|trailer|user-agent)$/;
/** Sub-resources and options that would change the meaning of a request, and are not there. */
const UNKNOWN_QUERY =
  /^(acl|attributes|cors|delete|legal-hold|lifecycle|location|object-lock|partNumber|policy|restore|retention|select|tagging|torrent|uploadId|uploads|versionId|versioning|versions|response-.+)$/;

/**
 * The part of S3's REST protocol that Sluice and its agents use: PutObject, GetObject with ranges, HeadObject,
 * DeleteObject, ListObjectsV2, HeadBucket; path and virtual-host addressing; XML errors. Anything else is
 * `NotImplemented`, never ignored.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function createS3Protocol(
  buckets: ReadonlyMap<string, ObjectStore>,
): (request: WireRequest) => Promise<WireResponse> {
  return async (request) => {
    try {
      const { bucket, key } = readS3Address(request);
      refuseUnknown(request);
      const store = buckets.get(bucket);
      if (store === undefined) throw s3Error("NoSuchBucket", "The specified bucket does not exist");
      if (key === "") return await answerForBucket(store, bucket, request);
      if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) throw s3Error("KeyTooLongError", "Your key is too long");
      return await answerForObject(store, key, request);
    } catch (error) {
      if (error instanceof ServiceError) return s3ErrorResponse(error, request.method, request.path);
      if (isDiskFull(error)) {
        const full = s3Error("InsufficientStorage", "No space is left on the disk of the state directory.");
        return s3ErrorResponse(full, request.method, request.path);
      }
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return s3ErrorResponse(s3Error("InternalError", message), request.method, request.path);
    }
  };
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

function refuseUnknown(request: WireRequest): void {
  const header = Object.keys(request.headers).find((name) => name.startsWith("x-amz-") && !KNOWN_HEADERS.test(name));
  const parameter = request.query.find(([name]) => UNKNOWN_QUERY.test(name))?.[0];
  const unknown = header ?? parameter;
  if (unknown !== undefined) throw s3Error("NotImplemented", `"${unknown}" is not supported here.`);
}

async function answerForBucket(store: ObjectStore, bucket: string, request: WireRequest): Promise<WireResponse> {
  if (request.method === "HEAD") return textResponse(200, "application/xml", "");
  if (request.method === "GET" && queryValue(request, "list-type") === "2") return listObjects(store, bucket, request);
  throw s3Error("NotImplemented", `${request.method} on a bucket is not supported here.`);
}

async function answerForObject(store: ObjectStore, key: string, request: WireRequest): Promise<WireResponse> {
  switch (request.method) {
    case "PUT":
      return putObject(store, key, request);
    case "GET":
      return getObject(store, key, request);
    case "HEAD": {
      const record = await store.head(key);
      if (record === undefined) throw s3Error("NoSuchKey", "The specified key does not exist.");
      const length = { "content-length": String(record.bytes) };
      return { statusCode: 200, headers: { ...describe(record, request), ...length }, body: new Uint8Array() };
    }
    case "DELETE":
      await store.delete(key);
      return textResponse(204, "application/xml", "");
    default:
      throw s3Error("MethodNotAllowed", "The specified method is not allowed against this resource.");
  }
}

async function putObject(store: ObjectStore, key: string, request: WireRequest): Promise<WireResponse> {
  if (request.headers["x-amz-copy-source"] !== undefined) throw s3Error("NotImplemented", "Copies are not supported.");
  const ifNoneMatch = request.headers["if-none-match"];
  if (request.headers["if-match"] !== undefined || (ifNoneMatch !== undefined && ifNoneMatch !== "*")) {
    throw s3Error("NotImplemented", 'Of the conditional writes only "If-None-Match: *" is supported here.');
  }
  const upload = openUpload(request);
  const metadata: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(request.headers), ...request.query]) {
    const lower = name.toLowerCase();
    if (lower.startsWith(METADATA_PREFIX)) metadata[lower.slice(METADATA_PREFIX.length)] = value;
  }
  try {
    const record = await store.put(
      key,
      upload.content,
      { contentType: request.headers["content-type"] ?? "application/octet-stream", metadata, checksums: {} },
      { inspect: () => upload.verify(), onlyIfAbsent: ifNoneMatch === "*" },
    );
    const headers = { etag: `"${record.etag}"`, ...checksumHeaders(record) };
    return textResponse(200, "application/xml", "", headers);
  } catch (error) {
    if (!(error instanceof ObjectExistsError)) throw error;
    throw s3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }
}

async function getObject(store: ObjectStore, key: string, request: WireRequest): Promise<WireResponse> {
  let range: readonly [number, number] | undefined;
  const found = await store.get(key, (record) => {
    range = readRange(request.headers["range"], record.bytes);
    return range;
  });
  if (found === undefined) throw s3Error("NoSuchKey", "The specified key does not exist.");
  const { record, content } = found;
  if (range === undefined) {
    const headers = { ...describe(record, request), "content-length": String(record.bytes) };
    return { statusCode: 200, headers, body: content };
  }
  const [first, last] = range;
  return {
    statusCode: 206,
    headers: {
      ...describe(record, undefined),
      "content-range": `bytes ${first}-${last}/${record.bytes}`,
      "content-length": String(last - first + 1),
    },
    body: content,
  };
}

/** Headers of an object; its checksums only where they were asked for and belong to the whole content. */
function describe(record: ObjectRecord, request: WireRequest | undefined): Record<string, string> {
  const mode =
    request === undefined
      ? undefined
      : (request.headers["x-amz-checksum-mode"] ?? queryValue(request, "x-amz-checksum-mode"));
  const headers: Record<string, string> = {
    etag: `"${record.etag}"`,
    "last-modified": new Date(record.lastModified).toUTCString(),
    "content-type": record.contentType,
    "accept-ranges": "bytes",
    ...(mode?.toUpperCase() === "ENABLED" && checksumHeaders(record)),
  };
  for (const [name, value] of Object.entries(record.metadata)) headers[`${METADATA_PREFIX}${name}`] = value;
  return headers;
}

function checksumHeaders(record: ObjectRecord): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record.checksums).map(([algorithm, value]) => [`x-amz-checksum-${algorithm}`, value]),
  );
}
