import { contextDirectory, type Layout } from "../layout.ts";
import { type Assignment, type CompleteRequest, PACK_LIMITS, type StoredPack } from "../protocol.ts";
import { createCompressor, frameHash } from "./compress.ts";
import { cutPacks } from "./cut-packs.ts";
import { createLane } from "./lane.ts";
import { createPackUploads, type UploadOptions } from "./upload-packs.ts";

/** Two at a time keep two processors busy; each holds a pack of 2 MiB and its frame. */
const COMPRESSED_AT_A_TIME = 2;

/**
 * Stores the directories that later actions refer to: cut into packs that are named by their content, of which only
 * those move that the store does not have. Nothing is kept on disk, and in memory a few packs at a time. Rejects with
 * what went wrong, naming the directory.
 */
export async function storeDirectories(
  layout: Layout,
  directories: Assignment["directories"],
  options: UploadOptions,
): Promise<CompleteRequest["directories"]> {
  const stored = [];
  for (const { namespace, key } of directories.filter((directory) => directory.stored)) {
    try {
      stored.push({ namespace, key, ...(await storeDirectory(contextDirectory(layout, key), key, options)) });
    } catch (cause) {
      options.signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The directory "${namespace}" cannot be stored: ${reason}`, { cause });
    }
  }
  return stored;
}

async function storeDirectory(
  root: string,
  directory: string,
  options: UploadOptions,
): Promise<{ readonly objectKey: string; readonly bytes: number }> {
  // The first failure ends everything that is under way.
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const uploads = createPackUploads(directory, { ...options, signal });
  const compressions = createLane(COMPRESSED_AT_A_TIME);
  const compressors = Array.from({ length: COMPRESSED_AT_A_TIME }, createCompressor);
  const idle = [...compressors];
  const free: Buffer[] = [];
  const packs: Record<"entries" | "contents", StoredPack[]> = { entries: [], contents: [] };
  try {
    await cutPacks(
      root,
      {
        take: () => free.pop() ?? Buffer.allocUnsafeSlow(PACK_LIMITS.plainBytes),
        async put(kind, content) {
          const number = packs[kind].length;
          packs[kind].push({ sha256: "", bytes: 0, plainBytes: content.length });
          await compressions.add(async () => {
            const compressor = idle.pop() ?? createCompressor();
            const frame = await compressor.compress(content);
            const sha256 = frameHash(frame);
            packs[kind][number] = { sha256, bytes: frame.length, plainBytes: content.length };
            free.push(Buffer.from(content.buffer));
            await uploads.add(sha256, frame);
            idle.push(compressor);
          });
        },
      },
      signal,
    );
    await compressions.end();
    await uploads.end();
  } catch (cause) {
    over.abort(cause);
    await Promise.allSettled([compressions.end(), uploads.end()]);
    throw cause;
  } finally {
    for (const compressor of compressors) {
      compressor.close();
    }
  }
  const { objectKey } = await options.client.directory({ directory, ...packs }, options.signal);
  const bytes = [...packs.entries, ...packs.contents].reduce((sum, pack) => sum + pack.bytes, 0);
  return { objectKey, bytes };
}
