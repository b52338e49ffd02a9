import { mkdir, realpath, rm, symlink } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { contextDirectory, type Layout } from "../layout.ts";
import { PreparationError } from "../preparation-error.ts";
import type { Assignment } from "../protocol.ts";
import { transfer } from "./transfer.ts";

/** What a download needs. */
export interface RestoreOptions {
  readonly fetch: typeof fetch;
  readonly unreachableSeconds: number;
  readonly signal: AbortSignal;
}

/** Downloads and unpacks the directories of earlier actions at `context/<key>`. Rejects with `PreparationError`. */
export async function restoreDirectories(
  layout: Layout,
  restores: Assignment["restores"],
  options: RestoreOptions,
): Promise<void> {
  for (const { namespace, key, url } of restores) {
    const directory = contextDirectory(layout, key);
    try {
      await transfer("download", options, async () => {
        await rm(directory, { recursive: true, force: true });
        await mkdir(directory, { recursive: true, mode: layout.modes.directory });
        const response = await options.fetch(url, { signal: options.signal });
        if (response.ok && response.body !== null) {
          await unpack(Readable.fromWeb(response.body), directory, options.signal);
        } else {
          await response.arrayBuffer();
        }
        return response;
      });
    } catch (cause) {
      options.signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new PreparationError(`The directory "${namespace}" cannot be restored: ${reason}`, { cause });
    }
  }
}

/**
 * Unpacks a tar.zst stream into an empty directory. Nothing is written outside of it: paths with `..` and absolute
 * paths and hard links are refused by `tar` (every warning is an error), and symbolic links are made last, so that no
 * entry can be written through one. Where such a link points to is data of the user, and is kept.
 */
export async function unpack(archive: Readable, directory: string, signal: AbortSignal): Promise<void> {
  const { extract } = await import("tar");
  const links = new Map<string, string>();
  const files = extract({
    cwd: directory,
    strict: true,
    preserveOwner: false,
    filter(path, entry) {
      if ("type" in entry && entry.type === "SymbolicLink") {
        links.set(path, entry.linkpath ?? "");
        return false;
      }
      return true;
    },
  });
  await pipeline(archive, createZstdDecompress(), files, { signal });
  await makeLinks(await realpath(directory), links);
}

async function makeLinks(root: string, links: ReadonlyMap<string, string>): Promise<void> {
  const places = new Map<string, string>();
  for (const [path, target] of links) {
    const name = posix.normalize(path);
    if (posix.isAbsolute(name) || name.split("/").includes("..")) {
      throw new Error(`the archive holds a link at "${path}", outside of the directory.`);
    }
    places.set(join(root, name), target);
  }
  // All parents first: while they are made there is no link yet that could lead them elsewhere. A path that is
  // both a link and a parent then exists already, and `symlink` refuses it.
  for (const place of places.keys()) {
    await mkdir(dirname(place), { recursive: true });
  }
  for (const [place, target] of places) {
    await symlink(target, place);
  }
}
