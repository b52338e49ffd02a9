import type { Readable } from "node:stream";

/**
 * One HTTP request as the router sees it, whether it came over the loopback server or straight from an SDK client of
 * the same process.
 */
export interface WireRequest {
  readonly method: string;
  /** The path as it was sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Query parameters, decoded, in the order in which they were sent; a parameter without value has "". */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** True for requests from inside the process, which need no signature. */
  readonly trusted: boolean;
}

/** The answer to a `WireRequest`. */
export interface WireResponse {
  readonly statusCode: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | Readable;
}

/** Answers every request, also a wrong one; rejects only for a bug of ours. */
export type Router = (request: WireRequest) => Promise<WireResponse>;

/** First value of a query parameter, or `undefined`. */
export function queryValue(request: WireRequest, name: string): string | undefined {
  return request.query.find(([key]) => key === name)?.[1];
}

/** The body is larger than its protocol allows. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

/**
 * Reads a whole body into memory.
 * @throws {BodyTooLargeError} when it has more than `limitBytes`
 */
export async function collectBody(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new BodyTooLargeError(`The body has more than ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A small answer from text. */
export function textResponse(
  statusCode: number,
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  return { statusCode, headers: { "content-type": contentType, ...headers }, body: Buffer.from(text) };
}

/** Splits `/path?a=1&b` into the parts of a `WireRequest`; `+` is a plus sign, as in AWS's query strings. */
export function splitTarget(target: string): Pick<WireRequest, "path" | "query"> {
  const mark = target.indexOf("?");
  if (mark === -1) return { path: target, query: [] };
  const query = target
    .slice(mark + 1)
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair): [string, string] => {
      const equals = pair.indexOf("=");
      return equals === -1
        ? [decodePercent(pair), ""]
        : [decodePercent(pair.slice(0, equals)), decodePercent(pair.slice(equals + 1))];
    });
  return { path: target.slice(0, mark), query };
}

/** Decodes `%41`; text with a broken escape is left as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
