import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Router, splitTarget, textResponse, type WireRequest, type WireResponse } from "./http.ts";

/** A server that only this machine reaches. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Ends every connection, also busy ones. */
  stop(): Promise<void>;
}

/** Another program listens on the port, or this user may not. */
export class PortUnavailableError extends Error {
  override readonly name = "PortUnavailableError";
}

/**
 * Listens on 127.0.0.1, so that nothing is reachable from other machines; by default on a free port.
 * @throws {PortUnavailableError}
 */
export async function startLoopbackServer(router: Router, port = 0): Promise<LoopbackServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(router, incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === "EADDRINUSE" ? "another program listens on it" : cause.message;
      reject(new PortUnavailableError(`Port ${port} of this machine cannot be used: ${reason}.`, { cause }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The loopback server has no port.");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(router: Router, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  let response: WireResponse;
  try {
    response = await router(toWireRequest(incoming));
  } catch (error) {
    response = textResponse(500, "text/plain", error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  outgoing.writeHead(response.statusCode, { ...response.headers, ...lengthOf(response) });
  if (!incoming.complete) {
    // The body was refused unread: the connection cannot be used again, and the answer must still arrive.
    outgoing.shouldKeepAlive = false;
    incoming.resume();
  }
  if (response.body instanceof Uint8Array) {
    outgoing.end(incoming.method === "HEAD" ? undefined : response.body);
    return;
  }
  // A client that goes away in the middle is its own affair.
  await pipeline(response.body, outgoing).catch(() => outgoing.destroy());
}

function lengthOf(response: WireResponse): { readonly "content-length"?: number } {
  if (response.body instanceof Readable || "content-length" in response.headers) return {};
  return { "content-length": response.body.byteLength };
}

function toWireRequest(incoming: IncomingMessage): WireRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return {
    method: incoming.method ?? "GET",
    ...splitTarget(incoming.url ?? "/"),
    headers,
    body: incoming,
    trusted: false,
  };
}
