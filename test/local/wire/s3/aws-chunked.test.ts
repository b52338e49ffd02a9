import { expect, test } from "vitest";
import { decodeAwsChunked } from "../../../../local/wire/s3/aws-chunked.ts";

async function decode(text: string, size: number) {
  async function* slices(): AsyncIterable<Uint8Array> {
    for (let start = 0; start < text.length; start += size) yield Buffer.from(text.slice(start, start + size));
  }
  const trailers: Record<string, string> = {};
  const parts: Uint8Array[] = [];
  for await (const part of decodeAwsChunked(slices(), (name, value) => {
    trailers[name] = value;
  })) {
    parts.push(part);
  }
  return { text: Buffer.concat(parts).toString(), trailers };
}

const FRAMED = "5;chunk-signature=ab\r\nhello\r\nC\r\n, big\r\nworld\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";

test.each([1, 2, 3, 7, 1000])("the body arrives in pieces of %i", async (size) => {
  expect(await decode(FRAMED, size)).toEqual({
    text: "hello, big\r\nworld",
    trailers: { "x-amz-checksum-crc32": "NhCmhg==" },
  });
});

test.each([
  ["", "IncompleteBody"],
  ["5\r\nhel", "IncompleteBody"],
  ["5\r\nhello\r\n0\r\n", "IncompleteBody"],
  ["5\r\nhello!\r\n0\r\n\r\n", "InvalidRequest"],
  ["hello", "IncompleteBody"],
  ["hello\r\n", "InvalidRequest"],
  ["x".repeat(5000), "InvalidRequest"],
])("broken framing %#", async (text, name) => {
  await expect(decode(text, 1000)).rejects.toMatchObject({ name });
});
