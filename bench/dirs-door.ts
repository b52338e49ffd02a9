import { createWriteStream, existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type DirectoryRequest, PACK_LIMITS, type PacksRequest, type RestoreRequest } from "../agent/protocol.ts";

/** An object store on disk and the calls of `agent-api` about directories, on a loopback port. */
export interface Door {
  readonly url: string;
  /** Bytes of every body, in both directions, since the last call. */
  takeMoved(): number;
  stop(): Promise<void>;
}

/** Keeps objects below `directory`, which exists. */
export async function startDoor(directory: string): Promise<Door> {
  let moved = 0;
  let list: DirectoryRequest | undefined;
  const server = createServer();
  const objectUrl = (sha256: string) => `${door.url}/objects/${sha256}`;
  const answers: Readonly<Record<string, (body: unknown) => object>> = {
    "/packs": (body) => ({
      targets: (body as PacksRequest).packs.map(({ sha256 }) => {
        return existsSync(join(directory, sha256)) ? null : { url: objectUrl(sha256), headers: {} };
      }),
    }),
    "/directories": (body) => {
      list = body as DirectoryRequest;
      return { objectKey: "list" };
    },
    "/restores": (body) => {
      const { from } = body as RestoreRequest;
      const all = [...(list?.entries ?? []), ...(list?.contents ?? [])];
      const packs = all.slice(from, from + PACK_LIMITS.perRestore);
      const located = packs.map((pack) => ({ ...pack, url: objectUrl(pack.sha256) }));
      return { entries: list?.entries.length ?? 0, total: all.length, packs: located };
    },
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    request.on("data", (chunk: Buffer) => {
      moved += chunk.length;
    });
    const path = request.url ?? "";
    if (request.method === "PUT") {
      await pipeline(request, createWriteStream(join(directory, path.slice("/objects/".length))));
      response.end();
    } else if (request.method === "GET") {
      const file = await open(join(directory, path.slice("/objects/".length)));
      const { size } = await file.stat();
      moved += size;
      response.writeHead(200, { "content-length": size });
      await pipeline(file.createReadStream(), response);
    } else {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString("utf8"));
      const answer = Buffer.from(JSON.stringify(answers[path]?.(body)));
      moved += answer.length;
      response.end(answer);
    }
  };
  server.on("request", (request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const door: Door = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeMoved() {
      const bytes = moved;
      moved = 0;
      return bytes;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return door;
}
