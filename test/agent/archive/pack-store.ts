import type { ApiClient } from "../../../agent/api-client.ts";
import type { DirectoryRequest } from "../../../agent/protocol.ts";

/** A store in memory that counts what is moved into it. */
export interface PackStore {
  readonly client: Pick<ApiClient, "packs" | "directory" | "restores">;
  fetch: typeof fetch;
  /** Frames by their hash. */
  readonly packs: Map<string, Buffer>;
  readonly lists: Map<string, Pick<DirectoryRequest, "entries" | "contents">>;
  /** Bytes put so far. */
  moved: number;
}

const PACKS = "https://objects.shop.example/";

export function createPackStore(): PackStore {
  const packs = new Map<string, Buffer>();
  const lists: PackStore["lists"] = new Map();
  const store: PackStore = {
    packs,
    lists,
    moved: 0,
    async fetch(input, init) {
      const sha256 = String(input).slice(PACKS.length);
      if (init?.method === "PUT") {
        const content = Buffer.from(await new Response(init.body).arrayBuffer());
        packs.set(sha256, content);
        store.moved += content.length;
        return new Response();
      }
      const pack = packs.get(sha256);
      return pack === undefined ? new Response(null, { status: 404 }) : new Response(new Uint8Array(pack));
    },
    client: {
      packs: async ({ packs: asked }) => ({
        targets: asked.map(({ sha256 }) => (packs.has(sha256) ? null : { url: `${PACKS}${sha256}`, headers: {} })),
      }),
      async directory({ directory, entries, contents }) {
        lists.set(directory, { entries, contents });
        return { objectKey: `dirs/${directory}` };
      },
      async restores({ directory, from }) {
        const { entries = [], contents = [] } = lists.get(directory) ?? {};
        const all = [...entries, ...contents];
        const some = all.slice(from, from + 2).map((pack) => ({ ...pack, url: `${PACKS}${pack.sha256}` }));
        return { entries: entries.length, total: all.length, packs: some };
      },
    },
  };
  return store;
}
