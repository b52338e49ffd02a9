import type { ApiClient } from "../api-client.ts";
import { PACK_LIMITS } from "../protocol.ts";
import { createLane } from "./lane.ts";
import { uploadObject } from "./upload-object.ts";

/** What an upload needs. */
export interface UploadOptions {
  readonly client: Pick<ApiClient, "packs" | "directory">;
  readonly fetch: typeof fetch;
  readonly unreachableSeconds: number;
  readonly signal: AbortSignal;
}

/** Brings packs into the store, those that it has not. */
export interface PackUploads {
  /** Copies the frame; resolves when there is room for more. Rejects with the first failure of any upload. */
  add(sha256: string, frame: Uint8Array): Promise<void>;
  /** Resolves when every pack is stored. */
  end(): Promise<void>;
}

/** So much is collected before the store is asked what it lacks: some 80 calls for 500 MB. */
const GROUP_BYTES = 6 * 1024 ** 2;
const UPLOADS_AT_A_TIME = 4;

/** Packs that are asked for in one call. Their frames stand in one buffer, which is used again and again. */
interface Group {
  readonly buffer: Buffer<ArrayBuffer>;
  readonly packs: { readonly sha256: string; readonly start: number; readonly end: number }[];
}

/** Uploads the packs of one directory of the action, each once however often it is added. */
export function createPackUploads(directory: string, options: UploadOptions): PackUploads {
  const known = new Set<string>();
  // While one group is collected, another is on its way.
  const sending = createLane(1);
  const free: Group[] = [newGroup()];
  let group = newGroup();
  const send = async (): Promise<void> => {
    const full = group;
    await sending.add(async () => {
      await uploadGroup(directory, full, options);
      full.packs.length = 0;
      free.push(full);
    });
    group = free.pop() ?? newGroup();
  };
  const add = async (sha256: string, frame: Uint8Array): Promise<void> => {
    if (known.has(sha256)) {
      return;
    }
    known.add(sha256);
    const start = group.packs.at(-1)?.end ?? 0;
    const end = start + frame.length;
    group.buffer.set(frame, start);
    group.packs.push({ sha256, start, end });
    if (end >= GROUP_BYTES || group.packs.length >= PACK_LIMITS.perUpload) {
      await send();
    }
  };
  // One after the other: nothing is added to a group that waits to be sent.
  let last: Promise<void> = Promise.resolve();
  return {
    add(sha256, frame) {
      last = last.then(() => add(sha256, frame));
      return last;
    },
    async end() {
      await last;
      await send();
      await sending.end();
    },
  };
}

function newGroup(): Group {
  return { buffer: Buffer.allocUnsafeSlow(GROUP_BYTES + PACK_LIMITS.bytes), packs: [] };
}

async function uploadGroup(directory: string, { buffer, packs }: Group, options: UploadOptions): Promise<void> {
  if (packs.length === 0) {
    return;
  }
  const asked = packs.map(({ sha256, start, end }) => ({ sha256, bytes: end - start }));
  const { targets } = await options.client.packs({ directory, packs: asked }, options.signal);
  const uploads = createLane(UPLOADS_AT_A_TIME);
  for (const [index, { start, end }] of packs.entries()) {
    const target = targets[index];
    if (target) {
      await uploads.add(() => uploadObject(buffer.subarray(start, end), target, options));
    }
  }
  await uploads.end();
}
