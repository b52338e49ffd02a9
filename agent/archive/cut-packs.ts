import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { join } from "node:path";
import { PACK_LIMITS } from "../protocol.ts";
import { type EntryLine, KEPT_MODE } from "./format.ts";
import { walk } from "./walk.ts";

/** Where packs go as soon as they are full. A buffer belongs to the sink from then on. */
export interface PackSink {
  /** A buffer of `PACK_LIMITS.plainBytes`, to be filled. */
  take(): Buffer;
  put(kind: "entries" | "contents", content: Buffer): Promise<void>;
}

/**
 * A pack of small files ends behind a file whose path says so (one in 16 does), once it has half a MiB. What is added, grows
 * or vanishes therefore changes its own pack and hardly any other: the next such path ends a pack as it did before.
 */
const SMALLEST_PACK_BYTES = 512 * 1024;
const ENDING_PATHS = 16;

/** Cuts a directory into packs: the contents of its files, and the lines that say what there is. Source: `format.ts`. */
export async function cutPacks(root: string, sink: PackSink, signal: AbortSignal): Promise<void> {
  const contents = new ContentPacks(sink);
  const lines = new LinePacks(sink);
  /** First path of each file that has several names. */
  const names = new Map<string, string>();
  for (const found of walk(root)) {
    signal.throwIfAborted();
    const { path, stat } = found;
    const time = Math.floor(stat.mtimeMs);
    if (found.kind === "directory") {
      await lines.add({ directory: path, mode: stat.mode & KEPT_MODE, time });
      continue;
    }
    if (found.kind === "link") {
      await lines.add({ link: path, to: found.to, time });
      continue;
    }
    const id = `${stat.dev}:${stat.ino}`;
    const first = stat.nlink > 1 ? names.get(id) : undefined;
    if (first !== undefined) {
      await lines.add({ same: path, as: first });
      continue;
    }
    if (stat.nlink > 1) {
      names.set(id, path);
    }
    await addFile(join(root, path), path, contents, lines);
  }
  await contents.end();
  await lines.end();
}

async function addFile(place: string, path: string, contents: ContentPacks, lines: LinePacks): Promise<void> {
  // It may have become a link or a pipe since it was looked at.
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    const kept = { mode: stat.mode & KEPT_MODE, time: Math.floor(stat.mtimeMs) };
    if (!stat.isFile()) {
      throw new Error(`"${path}" is no file any more.`);
    }
    if (stat.size === 0) {
      await lines.add({ file: path, ...kept, bytes: 0 });
      return;
    }
    const isWhole = stat.size <= PACK_LIMITS.plainBytes;
    for (let at = 0; at < stat.size; ) {
      const bytes = Math.min(stat.size - at, PACK_LIMITS.plainBytes);
      const begun = await contents.reserve(bytes);
      if (begun !== undefined) {
        await lines.add({ pack: begun });
      }
      readWhole(file, contents.next(bytes), at, path);
      await lines.add(isWhole ? { file: path, ...kept, bytes } : { part: path, ...kept, bytes, at });
      at += bytes;
    }
    checkUnchanged(stat, fstatSync(file), path);
    if (!isWhole || (contents.filled >= SMALLEST_PACK_BYTES && hashOf(path) % ENDING_PATHS === 0)) {
      await contents.end();
    }
  } finally {
    closeSync(file);
  }
}

function readWhole(file: number, target: Buffer, position: number, path: string): void {
  for (let read = 0; read < target.length; ) {
    const count = readSync(file, target, read, target.length - read, position + read);
    if (count === 0) {
      throw new Error(`"${path}" became shorter while it was read.`);
    }
    read += count;
  }
}

function checkUnchanged(before: Stats, after: Stats, path: string): void {
  if (before.size !== after.size || before.mtimeMs !== after.mtimeMs) {
    throw new Error(`"${path}" was written to while it was read.`);
  }
}

/** FNV-1a: spreads well enough, and costs nothing beside opening the file. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Fills one pack of contents after the other. */
class ContentPacks {
  readonly #sink: PackSink;
  #buffer: Buffer | undefined;
  #filled = 0;
  #number = -1;

  constructor(sink: PackSink) {
    this.#sink = sink;
  }

  /** Bytes in the pack that is being filled. */
  get filled(): number {
    return this.#filled;
  }

  /** Makes room for `bytes`; answers the number of the pack where that begins a new one. */
  async reserve(bytes: number): Promise<number | undefined> {
    if (this.#buffer !== undefined && this.#filled + bytes > this.#buffer.length) {
      await this.end();
    }
    if (this.#buffer !== undefined) {
      return undefined;
    }
    this.#buffer = this.#sink.take();
    this.#number += 1;
    return this.#number;
  }

  /** The place that was reserved. */
  next(bytes: number): Buffer {
    const start = this.#filled;
    this.#filled += bytes;
    return this.#buffer?.subarray(start, this.#filled) ?? Buffer.alloc(0);
  }

  async end(): Promise<void> {
    const buffer = this.#buffer;
    if (buffer !== undefined) {
      const content = buffer.subarray(0, this.#filled);
      this.#buffer = undefined;
      this.#filled = 0;
      await this.#sink.put("contents", content);
    }
  }
}

/** Collects lines; a pack of entries holds whole lines. */
class LinePacks {
  readonly #sink: PackSink;
  #buffer: Buffer | undefined;
  #filled = 0;

  constructor(sink: PackSink) {
    this.#sink = sink;
  }

  async add(line: EntryLine): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    if (this.#filled + Buffer.byteLength(text) > PACK_LIMITS.plainBytes) {
      await this.end();
    }
    this.#buffer ??= this.#sink.take();
    this.#filled += this.#buffer.write(text, this.#filled);
  }

  async end(): Promise<void> {
    const buffer = this.#buffer;
    if (buffer !== undefined) {
      const content = buffer.subarray(0, this.#filled);
      this.#buffer = undefined;
      this.#filled = 0;
      await this.#sink.put("entries", content);
    }
  }
}
