import { Readable } from "node:stream";
import type { Router, WireRequest } from "./http.ts";

/** The part of the SDK's `HttpRequest` that is needed here. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly port?: number;
  readonly body?: unknown;
}

/** The SDK's `requestHandler`, in its own (structural) terms. */
export interface InProcessHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest): Promise<{
    response: { statusCode: number; headers: Record<string, string>; body: Uint8Array | Readable };
  }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): object;
  destroy(): void;
}

/**
 * A `requestHandler` for AWS SDK v3 clients that gives the request to a router of the same process: the real client
 * serializes, signs and parses, but there is no socket and no copy through the kernel.
 */
export function createInProcessHandler(router: Router): InProcessHandler {
  return {
    metadata: { handlerProtocol: "in-process" },
    async handle(request) {
      const { statusCode, headers, body } = await router(toWireRequest(request));
      return { response: { statusCode, headers: { ...headers }, body } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

function toWireRequest(request: SdkRequest): WireRequest {
  const query: [string, string][] = [];
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value ?? ""]) query.push([name, one]);
  }
  const headers: Record<string, string> = {
    host: request.port === undefined ? request.hostname : `${request.hostname}:${request.port}`,
  };
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = String(value);
  return { method: request.method, path: request.path, query, headers, body: toChunks(request.body), trusted: true };
}

function toChunks(body: unknown): AsyncIterable<Uint8Array> {
  if (body === undefined || body === null || body === "") return Readable.from([]);
  if (typeof body === "string") return Readable.from([Buffer.from(body)]);
  if (body instanceof Uint8Array) return Readable.from([body]);
  if (body instanceof Readable) return body;
  throw new TypeError(`A request body of this kind cannot be sent: ${Object.prototype.toString.call(body)}`);
}
