import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { authorize, type User, userOf } from "./access.ts";
import type { ServerCertificate } from "./certificate.ts";
import { RESOURCES } from "./objects.ts";
import { type Call, type OperationParts, perform } from "./operations.ts";
import { isSelected } from "./selectors.ts";
import { notFound, StatusError, statusBody } from "./status.ts";

export interface ApiServerOptions extends OperationParts {
  readonly cluster: string;
  readonly namespaces: readonly string[];
  /** Absent: plain HTTP. */
  readonly certificate?: ServerCertificate;
}

/** A request as it was made, for tests. */
export interface SeenCall {
  readonly user: User | "nobody";
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly token: string;
}

/** An answer that a test wants instead. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The call has its effect, and then the answer is lost. */
  readonly afterwards?: boolean;
  /** Closes the connection in place of an answer. */
  readonly hangUp?: boolean;
  /** Never answers. */
  readonly silent?: boolean;
}

export interface ApiServer {
  readonly url: string;
  readonly calls: readonly SeenCall[];
  /** The next call that fits is answered so. */
  failNext(fault: Fault): void;
  /** Tokens that are not taken any more. */
  readonly revoked: Set<string>;
  stop(): Promise<void>;
}

/**
 * An API server of our own, for tests: jobs, pods with their logs, secrets and events, over HTTPS, with authentication,
 * our own Role as authorization, strict validation, watches, and Status bodies.
 */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { certificate } = options;
  const calls: SeenCall[] = [];
  const faults: Fault[] = [];
  const revoked = new Set<string>();
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answer(options, { calls, faults, revoked }, incoming, outgoing).catch((error: unknown) =>
      outgoing.destroy(error as Error),
    );
  };
  const server =
    certificate === undefined
      ? createServer(listener)
      : createHttpsServer({ cert: certificate.certificate, key: certificate.key }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    calls,
    failNext: (fault) => void faults.push(fault),
    revoked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Book {
  readonly calls: SeenCall[];
  readonly faults: Fault[];
  readonly revoked: ReadonlySet<string>;
}

async function answer(
  options: ApiServerOptions,
  book: Book,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const target = new URL(incoming.url ?? "/", "http://server");
  const method = incoming.method ?? "GET";
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  const seen = {
    method,
    path: target.pathname,
    query: Object.fromEntries(target.searchParams),
    token: (incoming.headers.authorization ?? "").replace("Bearer ", ""),
  };
  const fault = takeFault(book.faults, method, target.pathname);
  const give = (status: number, body: object | string, headers: Readonly<Record<string, string>> = {}) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const contentType = typeof body === "string" ? "text/plain" : "application/json";
    outgoing.writeHead(status, { "content-type": contentType, ...headers }).end(text);
  };
  const giveFault = (lost: Fault) => {
    if (lost.hangUp === true) {
      outgoing.destroy();
    } else if (lost.silent !== true) {
      give(lost.status, lost.body ?? "no words of Kubernetes", lost.headers);
    }
  };
  try {
    const user = userOf(incoming.headers.authorization, options.cluster, book.revoked, options.now());
    book.calls.push({ user, ...seen });
    if (fault !== undefined && fault.afterwards !== true) {
      giveFault(fault);
      return;
    }
    if (target.pathname === "/version") {
      give(200, { major: "1", minor: "33", gitVersion: "v1.33.0" });
      return;
    }
    const call = readCall(
      target,
      method,
      incoming.headers["content-type"] ?? "",
      Buffer.concat(chunks).toString("utf8"),
    );
    authorizeCall(options, user, call);
    if (method === "GET" && call.query.get("watch") === "true") {
      giveWatch(options, call, outgoing);
      return;
    }
    const result = await perform(options, call);
    if (fault === undefined) {
      give(method === "POST" ? 201 : 200, result);
    } else {
      giveFault(fault);
    }
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
    if (error.code === 401) {
      book.calls.push({ user: "nobody", ...seen });
    }
    give(error.code, statusBody(error));
  }
}

function takeFault(faults: Fault[], method: string, path: string): Fault | undefined {
  const at = faults.findIndex((fault) => (fault.method ?? method) === method && (fault.path?.test(path) ?? true));
  return at === -1 ? undefined : faults.splice(at, 1)[0];
}

function readCall(target: URL, method: string, contentType: string, body: string): Call {
  const [, core, group, rest = ""] = /^\/(?:(api\/v1)|apis\/([a-z.]+)\/v1)\/(.+)$/.exec(target.pathname) ?? [];
  const [, namespace, plural, name, subresource] =
    /^(?:namespaces\/([^/]+)\/)?([a-z]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(rest) ?? [];
  const resource = RESOURCES.find((one) => one.plural === plural && one.group === (core === undefined ? group : ""));
  if (resource === undefined) {
    throw new StatusError(404, "NotFound", "the server could not find the requested resource");
  }
  return { method, query: target.searchParams, resource, namespace, name, subresource, contentType, body };
}

const VERBS: Readonly<Record<string, string>> = { POST: "create", PATCH: "patch", PUT: "update" };

function authorizeCall(
  { namespaces }: ApiServerOptions,
  user: User,
  { method, query, resource, namespace, name, subresource }: Call,
): void {
  const reading = query.get("watch") === "true" ? "watch" : name === undefined ? "list" : "get";
  const deleting = name === undefined ? "deletecollection" : "delete";
  const verb = method === "GET" ? reading : method === "DELETE" ? deleting : (VERBS[method] ?? method);
  const what = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  authorize(user, verb, resource.group, what, namespace ?? "");
  if (namespace !== undefined && !namespaces.includes(namespace) && method === "POST") {
    throw notFound("namespaces", namespace);
  }
}

function giveWatch({ store }: ApiServerOptions, { resource, namespace, query }: Call, outgoing: ServerResponse): void {
  outgoing.writeHead(200, { "content-type": "application/json" });
  outgoing.flushHeaders();
  const stop = store.watch(resource.plural, query.get("resourceVersion") ?? undefined, (event) => {
    const isHere = namespace === undefined || event.object.metadata.namespace === namespace;
    if (isHere && isSelected(event.object, query.get("labelSelector") ?? "", query.get("fieldSelector") ?? "")) {
      outgoing.write(`${JSON.stringify(event)}\n`);
    }
  });
  outgoing.once("close", stop);
}
