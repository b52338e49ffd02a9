import { createHash } from "node:crypto";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ApiClient } from "../api-client.ts";
import { uploadObject } from "../archive/upload-object.ts";
import { FILE_LIMITS, isFileName, type StoredFile } from "../protocol.ts";
import { packDirectory } from "./pack-directory.ts";
import { readUpload } from "./read-upload.ts";

/** What an upload needs. */
export interface StoreFilesOptions {
  readonly client: Pick<ApiClient, "upload">;
  readonly fetch: typeof fetch;
  readonly unreachableSeconds: number;
  readonly signal: AbortSignal;
  /** Masks the names of files, which are recorded and shown. */
  readonly mask: (text: string) => string;
}

/** What became of the entries of `UPLOADDIR`. */
export interface StoredFiles {
  readonly files: readonly StoredFile[];
  /** A sentence about each entry that was not stored, with its name and, where it is too large, its size. */
  readonly problems: readonly string[];
}

/**
 * Stores every entry of the directory `uploads`, in the order of their names: a file as it is, a directory as
 * `<name>.tar.gz`. What is beyond `FILE_LIMITS` is left out and told; the others are stored all the same. Never rejects;
 * an aborted `signal` is a problem of the entries that were still to come. Source: reference/erda.md 1.17.
 */
export async function storeFiles(uploads: string, options: StoreFilesOptions): Promise<StoredFiles> {
  const files: StoredFile[] = [];
  const problems: string[] = [];
  let total = 0;
  const names = await readdir(uploads).catch(() => []);
  for (const entry of names.toSorted()) {
    try {
      options.signal.throwIfAborted();
      const { name, content } = await readEntry(uploads, entry, options.mask);
      if (files.some((file) => file.name === name)) {
        throw new Error("there is another entry of this name");
      }
      if (files.length >= FILE_LIMITS.entries) {
        throw new Error(`an action can leave at most ${FILE_LIMITS.entries} entries`);
      }
      if (total + content.length > FILE_LIMITS.totalBytes) {
        throw new Error(
          `it has ${content.length} bytes, and ${total} of the ${FILE_LIMITS.totalBytes} bytes that an action can leave are used`,
        );
      }
      files.push(await storeFile(name, content, options));
      total += content.length;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      problems.push(`"${entry}" in UPLOADDIR is not stored: ${reason.replace(/\.$/, "")}.`);
    }
  }
  return { files, problems };
}

async function readEntry(
  uploads: string,
  entry: string,
  mask: (text: string) => string,
): Promise<{ readonly name: string; readonly content: Buffer<ArrayBuffer> }> {
  const path = join(uploads, entry);
  const found = await lstat(path);
  if (!found.isFile() && !found.isDirectory()) {
    // A link could show a file of the agent's own container.
    throw new Error(found.isSymbolicLink() ? "it is a link; copy the file instead" : "it is no file or directory");
  }
  const name = mask(found.isDirectory() ? `${entry}.tar.gz` : entry);
  if (!isFileName(name)) {
    throw new Error(`names have no control characters and at most ${FILE_LIMITS.nameBytes} bytes`);
  }
  return { name, content: found.isDirectory() ? await packDirectory(uploads, entry) : await readUpload(path) };
}

async function storeFile(name: string, content: Buffer<ArrayBuffer>, options: StoreFilesOptions): Promise<StoredFile> {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const bytes = content.length;
  const { target, objectKey } = await options.client.upload({ file: name, sha256, bytes }, options.signal);
  if (target !== undefined) {
    await uploadObject(content, target, options);
  }
  return { name, bytes, objectKey };
}
