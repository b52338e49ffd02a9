import { createHash } from "node:crypto";
import { queryValue, type WireRequest } from "../http.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import { type Checksum, createChecksum } from "./checksums.ts";
import { s3Error } from "./s3-error.ts";

/** The content of an upload and the judgement on it. */
export interface Upload {
  /** The bytes, checked for their length while they are read. */
  readonly content: AsyncIterable<Uint8Array>;
  /**
   * Called after `content` has ended: compares every checksum that the request states.
   * @returns the checksums to keep, by algorithm
   * @throws {ServiceError} BadDigest, XAmzContentSHA256Mismatch
   */
  verify(): Readonly<Record<string, string>>;
}

/** S3's limit of a single PUT. */
const LARGEST_OBJECT_BYTES = 5 * 1024 ** 3;
const CHECKSUM_PREFIX = "x-amz-checksum-";
/** Members that start like a checksum and are none. */
const NO_CHECKSUMS: ReadonlySet<string> = new Set(["x-amz-checksum-mode", "x-amz-checksum-type"]);

/**
 * Opens the body of a PutObject: takes the framing off, and checks `Content-Length`, `Content-MD5`,
 * `x-amz-content-sha256` and `x-amz-checksum-*` (as header, as trailer, or in the query of a presigned URL).
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function openUpload(request: WireRequest): Upload {
  const contentSha256 = statedPayloadHash(request);
  const isChunked = contentSha256?.startsWith("STREAMING-") === true;
  const stated = new Map<string, string>();
  const running = new Map<string, Checksum>();
  const expect = (algorithm: string, value: string | undefined) => {
    if (value !== undefined) stated.set(algorithm, value);
    if (running.has(algorithm)) return;
    const checksum = createChecksum(algorithm);
    if (checksum === undefined)
      throw s3Error("NotImplemented", `Checksums of type ${algorithm} are not supported here.`);
    running.set(algorithm, checksum);
  };
  for (const [name, value] of [...Object.entries(request.headers), ...request.query]) {
    const lower = name.toLowerCase();
    if (lower.startsWith(CHECKSUM_PREFIX) && !NO_CHECKSUMS.has(lower)) {
      expect(lower.slice(CHECKSUM_PREFIX.length), value);
    }
  }
  if (request.headers["content-md5"] !== undefined) expect("md5", request.headers["content-md5"]);
  const trailer = request.headers["x-amz-trailer"];
  if (trailer?.startsWith(CHECKSUM_PREFIX)) expect(trailer.slice(CHECKSUM_PREFIX.length), undefined);
  const payloadHash =
    contentSha256 !== undefined && /^[0-9a-f]{64}$/.test(contentSha256) ? createHash("sha256") : undefined;

  const body = isChunked
    ? decodeAwsChunked(request.body, (name, value) => {
        if (name === trailer) stated.set(name.slice(CHECKSUM_PREFIX.length), value);
      })
    : request.body;
  const length = request.headers[isChunked ? "x-amz-decoded-content-length" : "content-length"];

  return {
    content: measure(body, length === undefined ? undefined : Number(length), (chunk) => {
      payloadHash?.update(chunk);
      for (const checksum of running.values()) checksum.update(chunk);
    }),
    verify() {
      if (payloadHash !== undefined && payloadHash.digest("hex") !== contentSha256) {
        throw s3Error(
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' does not match what was computed.",
        );
      }
      const kept: Record<string, string> = {};
      for (const [algorithm, checksum] of running) {
        const computed = checksum.digest();
        if (stated.get(algorithm) !== computed) {
          throw s3Error(
            "BadDigest",
            `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
          );
        }
        if (algorithm !== "md5") kept[algorithm] = computed;
      }
      return kept;
    },
  };
}

function statedPayloadHash(request: WireRequest): string | undefined {
  return request.headers["x-amz-content-sha256"] ?? queryValue(request, "X-Amz-Content-Sha256");
}

async function* measure(
  body: AsyncIterable<Uint8Array>,
  expectedBytes: number | undefined,
  onChunk: (chunk: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_OBJECT_BYTES)
      throw s3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.");
    onChunk(chunk);
    yield chunk;
  }
  if (expectedBytes !== undefined && bytes !== expectedBytes) {
    throw s3Error("IncompleteBody", `The request stated ${expectedBytes} bytes and had ${bytes}.`);
  }
}
