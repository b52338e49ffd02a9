import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { lstat, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import type { ApiClient } from "../api-client.ts";
import { contextDirectory, type Layout } from "../layout.ts";
import type { Assignment, CompleteRequest } from "../protocol.ts";
import { transfer } from "./transfer.ts";

/** What an upload needs. */
export interface StoreOptions {
  readonly client: Pick<ApiClient, "upload">;
  readonly fetch: typeof fetch;
  readonly unreachableSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Archives the directories that later actions refer to (tar, zstd) and puts them where the API says. The archive is
 * streamed to a file first, because its address is the SHA-256 of its content; it is uploaded only where the store
 * does not have it yet. Rejects with what went wrong, naming the directory.
 */
export async function storeDirectories(
  layout: Layout,
  directories: Assignment["directories"],
  options: StoreOptions,
): Promise<CompleteRequest["directories"]> {
  const stored = [];
  for (const { namespace, key } of directories.filter((directory) => directory.stored)) {
    try {
      const archive = await pack(
        contextDirectory(layout, key),
        join(layout.archives, `${key}.tar.zst`),
        options.signal,
      );
      const { sha256, bytes } = archive;
      const target = await options.client.upload({ directory: key, sha256, bytes }, options.signal);
      if (target.url !== undefined) {
        await upload(archive, target.url, target.headers, options);
      }
      await rm(archive.path, { force: true });
      stored.push({ namespace, key, objectKey: target.objectKey, bytes });
    } catch (cause) {
      options.signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The directory "${namespace}" cannot be stored: ${reason}`, { cause });
    }
  }
  return stored;
}

interface Archive {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Archives a directory into `path`. Owners are left out, modes, times and links are kept. */
export async function pack(directory: string, path: string, signal: AbortSignal): Promise<Archive> {
  if (!(await lstat(directory)).isDirectory()) {
    throw new Error("it is no directory any more.");
  }
  const { create } = await import("tar");
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const compress = createZstdCompress();
  const written = pipeline(compress, measure, createWriteStream(path, { mode: 0o600 }), { signal });
  const entries = create({ cwd: directory, portable: true, follow: false }, ["."]);
  // The loop below hears of the first error and stops listening; files that are under way may fail after it.
  entries.on("error", () => undefined);
  const feed = async (): Promise<void> => {
    for await (const chunk of entries) {
      // Each chunk is compressed before the next one or the end is announced: zstd would write another archive if it
      // knew the end earlier, and equal content must have one address.
      await new Promise<void>((resolve, reject) => {
        compress.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    }
    compress.end();
  };
  const fed = feed().catch((error: Error) => {
    compress.destroy(error);
    throw error;
  });
  await Promise.all([written, fed]);
  return { path, sha256: hash.digest("hex"), bytes };
}

async function upload(
  archive: Archive,
  url: string,
  headers: Readonly<Record<string, string>>,
  options: StoreOptions,
): Promise<void> {
  await transfer("upload", options, async () => {
    const response = await options.fetch(url, {
      method: "PUT",
      headers: { ...headers, "content-length": String(archive.bytes) },
      body: Readable.toWeb(createReadStream(archive.path)),
      duplex: "half",
      signal: options.signal,
    });
    await response.arrayBuffer();
    return response;
  });
}
