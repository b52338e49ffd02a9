import { s3Error } from "./s3-error.ts";

/** Longest line of the framing: a chunk size with its signature, or a trailer. */
const LONGEST_LINE_BYTES = 4096;

/**
 * Takes `aws-chunked` framing off a body: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n … 0\r\n<trailers>\r\n`.
 * SDK clients send streams in this way, with the checksum as a trailer, which is handed to `onTrailer`.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  body: AsyncIterable<Uint8Array>,
  onTrailer: (name: string, value: string) => void,
): AsyncIterable<Uint8Array> {
  let held: Buffer = Buffer.alloc(0);
  const source = body[Symbol.asyncIterator]();

  const readMore = async (): Promise<void> => {
    const next = await source.next();
    if (next.done === true) throw s3Error("IncompleteBody", "The body ended inside its aws-chunked framing.");
    held = held.byteLength === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value]);
  };
  const readLine = async (): Promise<string> => {
    for (;;) {
      const end = held.indexOf("\r\n");
      if (end !== -1) {
        const line = held.toString("latin1", 0, end);
        held = held.subarray(end + 2);
        return line;
      }
      if (held.byteLength > LONGEST_LINE_BYTES) throw s3Error("InvalidRequest", "The aws-chunked framing is broken.");
      await readMore();
    }
  };

  for (;;) {
    const header = /^([0-9a-fA-F]{1,8})(;.*)?$/.exec(await readLine());
    if (header === null) throw s3Error("InvalidRequest", "The aws-chunked framing is broken.");
    let left = Number.parseInt(header[1] ?? "", 16);
    if (left === 0) break;
    while (left > 0) {
      if (held.byteLength === 0) await readMore();
      const part = held.subarray(0, left);
      held = held.subarray(part.byteLength);
      left -= part.byteLength;
      yield part;
    }
    if ((await readLine()) !== "") throw s3Error("InvalidRequest", "The aws-chunked framing is broken.");
  }
  for (let line = await readLine(); line !== ""; line = await readLine()) {
    const colon = line.indexOf(":");
    onTrailer(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}
