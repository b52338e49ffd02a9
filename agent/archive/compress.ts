import { hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { constants, createZstdCompress, zstdDecompress } from "node:zlib";
import { PACK_LIMITS, type StoredPack } from "../protocol.ts";
import { BrokenDirectoryError } from "./format.ts";

/** Smaller buffers are parts of larger ones that Node shares out, and cannot be given back. */
const SMALLEST_CHUNK_BYTES = 64 * 1024;

/** Makes frames, one after the other. */
export interface Compressor {
  /** The frame of a pack; valid until the next call. Equal content has equal frames. */
  compress(content: Uint8Array): Promise<Buffer>;
  close(): void;
}

/**
 * One compression context (zstd's default level) and one buffer for any number of packs: new ones for each of thousands
 * of packs would leave the process's memory in fragments, some 100 MB of them.
 */
export function createCompressor(): Compressor {
  const frame = Buffer.allocUnsafeSlow(PACK_LIMITS.bytes);
  let bytes = 0;
  let failure: Error | undefined;
  const stream = createZstdCompress()
    .on("data", (chunk: Buffer) => {
      bytes += chunk.copy(frame, bytes);
    })
    // The calls that are under way hear of it too; this one is for those that are not.
    .on("error", (error) => {
      failure = error;
    });
  const write = promisify((content: Uint8Array, done: (error?: Error | null) => void) => stream.write(content, done));
  const end = promisify((done: () => void) => stream.flush(constants.ZSTD_e_end, done));
  return {
    async compress(content) {
      bytes = 0;
      await write(content);
      await end();
      while (stream.readableLength > 0 && failure === undefined) {
        await setImmediate();
      }
      if (failure !== undefined) throw failure;
      return frame.subarray(0, bytes);
    },
    close: () => void stream.destroy(),
  };
}

/** What a pack is named by. */
export function frameHash(frame: Uint8Array): string {
  return hash("sha256", frame, "hex");
}

/**
 * The content of a pack. Rejects where the frame is not the one that was named, or holds more or less than was said.
 *
 * @throws {BrokenDirectoryError}
 */
export async function decompress(frame: Buffer, { sha256, plainBytes }: StoredPack): Promise<Buffer<ArrayBuffer>> {
  if (frameHash(frame) !== sha256) {
    throw new BrokenDirectoryError(`its pack ${sha256} has another content.`);
  }
  // Room for all of it and one byte more: zlib makes one buffer, whose end is known, and what is too long is seen.
  const maxOutputLength = plainBytes + 1;
  const chunkSize = Math.max(maxOutputLength, SMALLEST_CHUNK_BYTES);
  try {
    const content = await promisify(zstdDecompress)(frame, { chunkSize, maxOutputLength });
    if (content.length === plainBytes) {
      return content;
    }
  } catch (cause) {
    throw new BrokenDirectoryError(`its pack ${sha256} cannot be read.`, { cause });
  }
  throw new BrokenDirectoryError(`its pack ${sha256} has not the length that it should have.`);
}

/**
 * Gives memory back at once. Left to the collector, which does not look for buffers until there are many MB of them, a
 * directory of any size would take that much more.
 */
export function release(buffer: Buffer<ArrayBuffer>): void {
  buffer.buffer.transfer(0);
}
