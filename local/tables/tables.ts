import { EventEmitter } from "node:events";
import { collectBody, type WireRequest, type WireResponse } from "../wire/http.ts";

/** DynamoDB in memory. */
export interface Tables {
  /** Answers a request of DynamoDB's JSON protocol. */
  handle(request: WireRequest): Promise<WireResponse>;
}

const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

/**
 * DynamoDB by dynalite, whose data lives and dies with this object. dynalite is an HTTP server, but it listens to
 * nothing here: its request listener is handed just the members of request and response that it uses, so there is
 * neither a second port nor a socket between the functions and their table.
 *
 * dynalite has no transactions, streams and TTL (reference/emulators.md 2); Sluice uses none of them.
 */
export async function createTables(): Promise<Tables> {
  // Lazy: dynalite loads some 80 modules.
  const { default: dynalite } = await import("dynalite");
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    async handle(request) {
      const body = await collectBody(request.body, LARGEST_BODY_BYTES);
      return await new Promise((resolve) => {
        const incoming = Object.assign(new EventEmitter(), {
          method: request.method,
          url: request.path,
          headers: { ...request.headers },
        });
        server.emit("request", incoming, createOutgoing(resolve));
        if (body.byteLength > 0) incoming.emit("data", body);
        incoming.emit("end");
      });
    },
  };
}

/** The members of `ServerResponse` that dynalite touches. */
function createOutgoing(resolve: (response: WireResponse) => void): object {
  const headers: Record<string, string> = {};
  return {
    statusCode: 200,
    setHeader(name: string, value: string | number) {
      headers[name.toLowerCase()] = String(value);
    },
    end(this: { readonly statusCode: number }, body = "") {
      resolve({ statusCode: this.statusCode, headers, body: Buffer.from(body) });
    },
  };
}
