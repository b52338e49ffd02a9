import { mkdir, rm } from "node:fs/promises";
import type { ApiClient } from "../api-client.ts";
import { contextDirectory, type Layout } from "../layout.ts";
import { PreparationError } from "../preparation-error.ts";
import { type Assignment, PACK_LIMITS, type RestoreResponse } from "../protocol.ts";
import { decompress, release } from "./compress.ts";
import { BrokenDirectoryError, type EntryLine, parseEntryLine } from "./format.ts";
import { createLane } from "./lane.ts";
import { type TransferOptions, transfer } from "./transfer.ts";
import { createTree, type FileLine, type Tree } from "./tree.ts";

/** What a download needs. */
export interface RestoreOptions extends TransferOptions {
  readonly client: Pick<ApiClient, "restores">;
  readonly fetch: typeof fetch;
}

type LocatedPack = RestoreResponse["packs"][number];

/** Each holds a frame and 2 MiB of content. While one is awaited another is written. */
const PACKS_AT_A_TIME = 3;

/** Downloads the directories of earlier actions to `context/<key>`. Rejects with `PreparationError`. */
export async function restoreDirectories(
  layout: Layout,
  restores: Assignment["restores"],
  options: RestoreOptions,
): Promise<void> {
  for (const { namespace, key } of restores) {
    const directory = contextDirectory(layout, key);
    try {
      await rm(directory, { recursive: true, force: true });
      await mkdir(directory, { recursive: true, mode: layout.modes.directory });
      await restoreDirectory(directory, key, options);
    } catch (cause) {
      options.signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new PreparationError(`The directory "${namespace}" cannot be restored: ${reason}`, { cause });
    }
  }
}

/** The files of one pack of contents, in the order in which they stand in it. */
interface Job {
  readonly number: number;
  readonly files: FileLine[];
}

async function restoreDirectory(root: string, key: string, options: RestoreOptions): Promise<void> {
  // The first failure ends everything that is under way.
  const over = new AbortController();
  const limited = { ...options, signal: AbortSignal.any([options.signal, over.signal]) };
  const tree = createTree(root);
  const lane = createLane(PACKS_AT_A_TIME);
  const list = createPackList(key, limited);
  /** Buffers for frames that nobody uses at present. */
  const frames: Buffer[] = [];
  let job: Job | undefined;
  const begin = async (): Promise<void> => {
    const begun = job;
    job = undefined;
    if (begun !== undefined) {
      const pack = await list.pack((await list.entries()) + begun.number);
      await lane.add(async () => {
        const content = await download(pack, limited, frames);
        writeFiles(tree, begun.files, content);
        release(content);
      });
    }
  };
  try {
    for (let number = 0; number < (await list.entries()); number += 1) {
      const content = await download(await list.pack(number), limited, frames);
      const text = content.toString("utf8");
      release(content);
      for (const line of linesOf(text)) {
        if ("pack" in line) {
          await begin();
          job = { number: line.pack, files: [] };
        } else if (!("file" in line || "part" in line)) {
          tree.add(line);
        } else if ("file" in line && line.bytes === 0) {
          tree.write(line, Buffer.alloc(0));
        } else if (job === undefined) {
          throw new BrokenDirectoryError("a file stands before the first pack.");
        } else {
          job.files.push(line);
        }
      }
    }
    await begin();
    await lane.end();
  } catch (cause) {
    over.abort(cause);
    await lane.end().catch(() => undefined);
    throw cause;
  }
  tree.finish();
}

function* linesOf(text: string): Generator<EntryLine> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    if (end < 0) {
      throw new BrokenDirectoryError("its entries break off.");
    }
    yield parseEntryLine(text.slice(start, end));
    start = end + 1;
  }
}

function writeFiles(tree: Tree, files: readonly FileLine[], content: Buffer): void {
  let at = 0;
  for (const file of files) {
    const end = at + file.bytes;
    if (end > content.length) {
      throw new BrokenDirectoryError("its entries say more than its packs hold.");
    }
    tree.write(file, content.subarray(at, end));
    at = end;
  }
}

/** The packs of a directory. They are asked for in their order, so one answer is kept at a time. */
function createPackList(directory: string, { client, signal }: Pick<RestoreOptions, "client" | "signal">) {
  let from = 0;
  let answer: RestoreResponse | undefined;
  const read = async (number: number): Promise<RestoreResponse> => {
    answer = await client.restores({ directory, from: number }, signal);
    from = number;
    return answer;
  };
  return {
    async entries(): Promise<number> {
      return (answer ?? (await read(0))).entries;
    },
    async pack(number: number): Promise<LocatedPack> {
      const known = answer?.packs[number - from] ?? (await read(number)).packs[0];
      if (known === undefined) {
        throw new BrokenDirectoryError(`it has no pack ${number}.`);
      }
      return known;
    },
  };
}

async function download(pack: LocatedPack, options: RestoreOptions, frames: Buffer[]): Promise<Buffer<ArrayBuffer>> {
  if (pack.bytes > PACK_LIMITS.bytes || pack.plainBytes > PACK_LIMITS.plainBytes) {
    throw new BrokenDirectoryError(`its pack ${pack.sha256} is larger than packs are.`);
  }
  const room = frames.pop() ?? Buffer.allocUnsafeSlow(PACK_LIMITS.bytes);
  const frame = room.subarray(0, pack.bytes);
  await transfer("download", options, async () => {
    const response = await options.fetch(pack.url, { signal: options.signal });
    const body = response.ok ? response.body : undefined;
    await (body ? readInto(frame, body) : response.arrayBuffer());
    return response;
  });
  const content = await decompress(frame, pack);
  frames.push(room);
  return content;
}

async function readInto(frame: Buffer, body: AsyncIterable<Uint8Array>): Promise<void> {
  let bytes = 0;
  for await (const chunk of body) {
    if (bytes + chunk.length > frame.length) {
      throw new BrokenDirectoryError("a pack is longer than it should be.");
    }
    frame.set(chunk, bytes);
    bytes += chunk.length;
  }
  // What is missing is seen by its hash.
  frame.fill(0, bytes);
}
