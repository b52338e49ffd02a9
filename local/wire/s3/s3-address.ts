import { decodePercent, type WireRequest } from "../http.ts";

/** Bucket and key of a request; `key` is "" for an operation on the bucket. */
export interface S3Address {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Reads both ways of addressing: `http://127.0.0.1:1/bucket/key`, and `http://bucket.localhost:1/key` or
 * `http://bucket.s3.<anything>/key`.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function readS3Address(request: WireRequest): S3Address {
  const host = (request.headers["host"] ?? "").replace(/:\d+$/, "");
  const bucket = /^(?<bucket>.+?)\.(s3[.-].+|localhost|127\.0\.0\.1)$/.exec(host)?.groups?.["bucket"];
  // Decoded segment by segment: `%2F` inside a key is a slash all the same.
  const path = decodePercent(request.path.slice(1));
  if (bucket !== undefined && bucket !== "s3") return { bucket, key: path };
  const slash = path.indexOf("/");
  return slash === -1 ? { bucket: path, key: "" } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
