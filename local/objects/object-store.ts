import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";

/** What is kept beside an object's bytes. */
export interface ObjectRecord {
  readonly key: string;
  readonly bytes: number;
  /** MD5 of the content in hex, as S3 has it for objects of one part. */
  readonly etag: string;
  /** SHA-256 of the content, lower-case hex. */
  readonly sha256: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  readonly contentType: string;
  /** `x-amz-meta-*`, without the prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The checksum that the writer sent, by algorithm: `{ sha256: "<base64>" }`. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** What the writer knows before the content has been read. */
export type ObjectHeader = Pick<ObjectRecord, "contentType" | "metadata" | "checksums">;

/** One bucket. */
export interface ObjectStore {
  /**
   * Writes an object. It becomes visible as a whole, after `content` has ended well and `inspect` (which may throw to
   * refuse the content, or answer more checksums to record) agrees; otherwise the previous object stays.
   */
  put(
    key: string,
    content: AsyncIterable<Uint8Array>,
    header: ObjectHeader,
    options?: { readonly inspect?: () => Readonly<Record<string, string>>; readonly onlyIfAbsent?: boolean },
  ): Promise<ObjectRecord>;
  head(key: string): Promise<ObjectRecord | undefined>;
  /** `range`: first and last byte, both included. */
  get(
    key: string,
    range?: (record: ObjectRecord) => readonly [first: number, last: number] | undefined,
  ): Promise<{ readonly record: ObjectRecord; readonly content: Readable } | undefined>;
  /** Deletes an object; one that is not there is no error. */
  delete(key: string): Promise<void>;
  /** Every object whose key starts with `prefix`, in the order of the keys' UTF-8 bytes. */
  list(prefix: string): Promise<readonly ObjectRecord[]>;
}

/** An object of this key exists and `onlyIfAbsent` was asked. */
export class ObjectExistsError extends Error {
  override readonly name = "ObjectExistsError";
}

interface StoredRecord extends ObjectRecord {
  /** File name of the content, beside the record. */
  readonly file: string;
}

const RECORD_FILE = "object.json";
const INCOMING_DIRECTORY = ".incoming";
/** Records read at a time by `list`: far below any limit of open files. */
const PARALLEL_READS = 64;

/**
 * Objects on disk, one directory each: `<directory>/<sha256 of the key>/{object.json, <random>.content}`.
 * A key is text that somebody chose; a hash of it is a file name on every file system (case, length, `..`, `a` beside
 * `a/b`) and cannot lead out of the directory. The rename of `object.json` is the moment in which a new version counts,
 * so a crash leaves the old object or the new one (and at worst a file in `.incoming` that nothing refers to).
 */
export function createObjectStore(directory: string, now: () => number): ObjectStore {
  const home = (key: string) => join(directory, createHash("sha256").update(key).digest("hex"));
  const incoming = join(directory, INCOMING_DIRECTORY);
  const exclusively = createKeyedLock();

  return {
    async put(key, content, header, { inspect, onlyIfAbsent = false } = {}) {
      await mkdir(incoming, { recursive: true });
      const file = `${randomBytes(8).toString("hex")}.content`;
      const arrived = join(incoming, file);
      try {
        const written = await writeContent(arrived, content);
        const checksums = { ...header.checksums, ...inspect?.() };
        return await exclusively(key, async () => {
          const path = home(key);
          const previous = await readRecord(path);
          if (onlyIfAbsent && previous !== undefined) throw new ObjectExistsError(key);
          const record: StoredRecord = { key, ...written, lastModified: now(), ...header, checksums, file };
          await mkdir(path, { recursive: true });
          await rename(arrived, join(path, file));
          await writeFile(`${arrived}.json`, JSON.stringify(record), { flag: "wx", mode: 0o600 });
          await rename(`${arrived}.json`, join(path, RECORD_FILE));
          if (previous !== undefined) await rm(join(path, previous.file), { force: true });
          return record;
        });
      } catch (error) {
        await Promise.all([arrived, `${arrived}.json`].map((path) => rm(path, { force: true })));
        throw error;
      }
    },

    head: (key) => readRecord(home(key)),

    async get(key, range) {
      // A writer may replace the object between the record and the content; the next look finds the new one.
      for (;;) {
        const record = await readRecord(home(key));
        if (record === undefined) return undefined;
        const [start, end] = range?.(record) ?? [0, record.bytes - 1];
        if (end < start) return { record, content: Readable.from([]) };
        try {
          const handle = await open(join(home(key), record.file));
          return { record, content: handle.createReadStream({ start, end }) };
        } catch (error) {
          if (!isMissing(error)) throw error;
        }
      }
    },

    async delete(key) {
      await exclusively(key, () => rm(home(key), { recursive: true, force: true }));
    },

    async list(prefix) {
      const names = await readdir(directory).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const records: StoredRecord[] = [];
      for (let start = 0; start < names.length; start += PARALLEL_READS) {
        const batch = names.slice(start, start + PARALLEL_READS);
        const read = await Promise.all(batch.map((name) => readRecord(join(directory, name))));
        records.push(...read.filter((record) => record !== undefined).filter(({ key }) => key.startsWith(prefix)));
      }
      return records.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
  };
}

async function readRecord(path: string): Promise<StoredRecord | undefined> {
  try {
    // `as`: written by `put` alone, in this very shape.
    return JSON.parse(await readFile(join(path, RECORD_FILE), "utf8")) as StoredRecord;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function writeContent(
  path: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Pick<ObjectRecord, "bytes" | "etag" | "sha256">> {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let bytes = 0;
  const handle = await open(path, "wx", 0o600);
  try {
    for await (const chunk of content) {
      md5.update(chunk);
      sha256.update(chunk);
      bytes += chunk.byteLength;
      await handle.writeFile(chunk);
    }
  } finally {
    await handle.close();
  }
  return { bytes, etag: md5.digest("hex"), sha256: sha256.digest("hex") };
}

/** Runs the work of one key strictly one after the other; this process is the only writer of the directory. */
function createKeyedLock(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === mine) tails.delete(key);
    }
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
