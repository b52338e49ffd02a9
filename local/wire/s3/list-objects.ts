import type { ObjectRecord, ObjectStore } from "../../objects/object-store.ts";
import { queryValue, textResponse, type WireRequest, type WireResponse } from "../http.ts";
import { s3Error } from "./s3-error.ts";
import { element, type XmlElement, xmlDocument } from "./xml.ts";

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
const LARGEST_PAGE = 1000;

/** What a page lists: an object, or everything below a prefix that ends in the delimiter. */
type Entry =
  | { readonly kind: "object"; readonly name: string; readonly record: ObjectRecord }
  | { readonly kind: "prefix"; readonly name: string };

/**
 * ListObjectsV2 with prefix, delimiter, max-keys, start-after, continuation-token and encoding-type.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function listObjects(store: ObjectStore, bucket: string, request: WireRequest): Promise<WireResponse> {
  const prefix = queryValue(request, "prefix") ?? "";
  const delimiter = queryValue(request, "delimiter") ?? "";
  const token = queryValue(request, "continuation-token");
  const startAfter = token === undefined ? queryValue(request, "start-after") : readToken(token);
  const asked = Number(queryValue(request, "max-keys") ?? LARGEST_PAGE);
  if (!Number.isInteger(asked) || asked < 0) throw s3Error("InvalidArgument", "max-keys must be a whole number.");
  const encode = encoder(queryValue(request, "encoding-type"));

  const entries = fold(await store.list(prefix), prefix, delimiter).filter(
    ({ name }) => startAfter === undefined || Buffer.compare(Buffer.from(name), Buffer.from(startAfter)) > 0,
  );
  const page = entries.slice(0, Math.min(asked, LARGEST_PAGE));
  const last = page.at(-1);
  const isTruncated = last !== undefined && page.length < entries.length;

  const root = element("ListBucketResult", [
    element("Name", bucket),
    element("Prefix", encode(prefix)),
    ...(delimiter === "" ? [] : [element("Delimiter", encode(delimiter))]),
    element("MaxKeys", asked),
    element("KeyCount", page.length),
    element("IsTruncated", isTruncated),
    ...(isTruncated ? [element("NextContinuationToken", Buffer.from(last.name).toString("base64url"))] : []),
    ...page.map((entry) => toXml(entry, encode)),
  ]);
  return textResponse(200, "application/xml", xmlDocument(root, NAMESPACE));
}

/** Puts objects that share a prefix up to the delimiter into one entry. */
function fold(records: readonly ObjectRecord[], prefix: string, delimiter: string): readonly Entry[] {
  const entries: Entry[] = [];
  for (const record of records) {
    const end = delimiter === "" ? -1 : record.key.indexOf(delimiter, prefix.length);
    if (end === -1) {
      entries.push({ kind: "object", name: record.key, record });
      continue;
    }
    const name = record.key.slice(0, end + delimiter.length);
    if (entries.at(-1)?.name !== name) entries.push({ kind: "prefix", name });
  }
  return entries;
}

function toXml(entry: Entry, encode: (text: string) => string): XmlElement {
  if (entry.kind === "prefix") return element("CommonPrefixes", [element("Prefix", encode(entry.name))]);
  return element("Contents", [
    element("Key", encode(entry.name)),
    element("LastModified", new Date(entry.record.lastModified).toISOString()),
    element("ETag", `"${entry.record.etag}"`),
    element("Size", entry.record.bytes),
    element("StorageClass", "STANDARD"),
  ]);
}

function encoder(type: string | undefined): (text: string) => string {
  if (type === undefined) return (text) => text;
  if (type === "url") return (text) => encodeURIComponent(text).replaceAll("%2F", "/");
  throw s3Error("InvalidArgument", "Invalid Encoding Method specified in Request");
}

function readToken(token: string): string {
  return Buffer.from(token, "base64url").toString("utf8");
}
