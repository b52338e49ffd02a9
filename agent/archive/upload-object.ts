import type { UploadTarget } from "../protocol.ts";
import { type TransferOptions, transfer } from "./transfer.ts";

/** Puts one object where the API said, with the headers that were signed. */
export async function uploadObject(
  content: Buffer<ArrayBuffer>,
  { url, headers }: UploadTarget,
  options: TransferOptions & { readonly fetch: typeof fetch },
): Promise<void> {
  await transfer("upload", options, async () => {
    const response = await options.fetch(url, {
      method: "PUT",
      headers: { ...headers, "content-length": String(content.length) },
      // As a stream it is sent from where it is; a buffer would be copied first.
      body: streamOf(content),
      duplex: "half",
      signal: options.signal,
    });
    await response.arrayBuffer();
    return response;
  });
}

function streamOf(content: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(content);
      controller.close();
    },
  });
}
