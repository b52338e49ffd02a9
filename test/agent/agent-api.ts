import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { type AgentPace, DEFAULT_PACE } from "../../agent/attempt.ts";
import type {
  Assignment,
  CompleteRequest,
  DirectoryRequest,
  OutputEntry,
  PacksRequest,
  RestoreRequest,
  UploadRequest,
} from "../../agent/protocol.ts";
import { runAttempt } from "../../agent/run-attempt.ts";
import type { AgentSettings } from "../../agent/settings.ts";

/** An `agent-api` and an object store on a loopback port, as far as a test needs them. */
export interface FakeApi {
  readonly url: string;
  readonly calls: { readonly call: string; readonly body: Record<string, unknown>; readonly at: number }[];
  readonly live: OutputEntry[];
  readonly objects: Map<string, Buffer>;
  /** Lists of packs, by the key of the directory. */
  readonly directories: Map<string, Pick<DirectoryRequest, "entries" | "contents">>;
  completed(): CompleteRequest;
  /** What heartbeats are answered with. */
  cancel: boolean;
  /** Answers a call with this status instead, as often as given. */
  fail: { call: string; status: number; times: number } | undefined;
  readonly completion: Promise<CompleteRequest>;
  close(): Promise<void>;
}

export async function startFakeApi(assignment: Assignment): Promise<FakeApi> {
  const completion = Promise.withResolvers<CompleteRequest>();
  let used = false;
  let complete: CompleteRequest | undefined;
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const path = request.url ?? "";
    if (path.startsWith("/objects/")) {
      store(api, request, response, path, body);
      return;
    }
    const name = path.split("/").at(-1) ?? "";
    if (api.fail !== undefined && api.fail.call === name && api.fail.times > 0) {
      api.fail.times -= 1;
      answer(response, api.fail.status, {});
      return;
    }
    const parsed = JSON.parse(body.toString());
    api.calls.push({ call: name, body: parsed, at: performance.now() });
    if (name === "bootstrap") {
      const refused = used || parsed.nonce !== "one-time";
      used = true;
      answer(response, refused ? 401 : 200, refused ? {} : { secret: "secret-of-the-attempt", assignment });
      return;
    }
    if (request.headers.authorization !== "Bearer secret-of-the-attempt") {
      answer(response, 401, {});
      return;
    }
    if (name === "outputs") {
      api.live.push(...parsed.entries);
    }
    if (name === "complete") {
      complete = parsed;
      completion.resolve(parsed);
    }
    answer(response, 200, name === "heartbeat" ? { cancel: api.cancel } : answerStore(api, name, parsed));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const api: FakeApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    live: [],
    objects: new Map(),
    directories: new Map(),
    cancel: false,
    fail: undefined,
    completion: completion.promise,
    completed() {
      if (complete === undefined) {
        throw new Error("The attempt was not reported.");
      }
      return complete;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}

type StoreCall = Partial<DirectoryRequest & UploadRequest & PacksRequest & RestoreRequest>;

/** The calls about objects; the name of a directory's list is that of the action's directory. */
function answerStore(api: FakeApi, call: string, body: StoreCall): object {
  const target = (objectKey: string, sha256: string) =>
    api.objects.has(objectKey)
      ? undefined
      : { url: `${api.url}/objects/${objectKey}`, headers: { "x-checksum": sha256 } };
  switch (call) {
    case "uploads": {
      const objectKey = `files/${body.sha256}`;
      return { objectKey, target: target(objectKey, body.sha256 ?? "") };
    }
    case "packs":
      return { targets: body.packs?.map(({ sha256 }) => target(`dirs/${sha256}`, sha256) ?? null) };
    case "directories":
      api.directories.set(body.directory ?? "", { entries: body.entries ?? [], contents: body.contents ?? [] });
      return { objectKey: `dirs/${body.directory}.json` };
    case "restores": {
      const list = api.directories.get(body.directory ?? "");
      const all = [...(list?.entries ?? []), ...(list?.contents ?? [])];
      const { from = 0 } = body;
      const some = all
        .slice(from, from + 2)
        .map((pack) => ({ ...pack, url: `${api.url}/objects/dirs/${pack.sha256}` }));
      return { entries: list?.entries.length ?? 0, total: all.length, packs: some };
    }
    default:
      return {};
  }
}

function store(api: FakeApi, request: IncomingMessage, response: ServerResponse, path: string, body: Buffer): void {
  const key = path.slice("/objects/".length);
  if (request.method === "PUT") {
    const right = createHash("sha256").update(body).digest("hex") === request.headers["x-checksum"];
    const measured = request.headers["content-length"] === String(body.length);
    api.objects.set(key, body);
    response.writeHead(right && measured ? 200 : 400).end();
    return;
  }
  const object = api.objects.get(key);
  response.writeHead(object === undefined ? 404 : 200).end(object);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An assignment of the shop's build. */
export function shopAssignment(changes: Partial<Assignment> = {}): Assignment {
  return {
    attemptId: "run-1.build.1",
    runId: "run-1",
    action: "build",
    shell: ["sh", "-e"],
    variables: [],
    environment: [],
    secrets: [],
    configFiles: [],
    restores: [],
    directories: [{ namespace: "build", key: "build", stored: false }],
    graceSeconds: 1,
    heartbeatSeconds: 60,
    ...changes,
  };
}

export interface AgentRun {
  readonly api: FakeApi;
  readonly settings: AgentSettings;
  /** What the agent has printed so far. */
  log(): string;
  terminate(): void;
  /** Whether the end was reported. */
  readonly reported: Promise<boolean>;
}

/** Starts an attempt in this process; `await using` ends it and removes its directory. */
export async function startAttempt(
  changes: Partial<Assignment>,
  options: {
    pace?: Partial<AgentPace>;
    runner?: "container";
    prepare?(api: FakeApi): void;
    fetch?: typeof fetch;
    environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<AgentRun & AsyncDisposable> {
  const api = await startFakeApi(shopAssignment(changes));
  options.prepare?.(api);
  const root = await mkdtemp(join(tmpdir(), "sluice-agent-"));
  const printed: Buffer[] = [];
  const listeners: (() => void)[] = [];
  const terminate = () => {
    for (const listener of listeners) {
      listener();
    }
  };
  const settings: AgentSettings = {
    api: api.url,
    attemptId: "run-1.build.1",
    nonce: "one-time",
    root,
    runner: options.runner ?? "process",
  };
  const reported = runAttempt(settings, {
    fetch: options.fetch ?? fetch,
    environment: { ...process.env, LANG: "C.UTF-8", HOST_ONLY: "must stay out", ...options.environment },
    output: new Writable({
      write(chunk, _encoding, done) {
        printed.push(chunk);
        done();
      },
    }),
    onTerminate: (listener) => listeners.push(listener),
    pace: { ...DEFAULT_PACE, outputBatchMilliseconds: 20, metafilePollMilliseconds: 20, ...options.pace },
  });
  reported.catch(() => undefined);
  return {
    api,
    settings,
    reported,
    log: () => Buffer.concat(printed).toString(),
    terminate,
    async [Symbol.asyncDispose]() {
      terminate();
      await reported.catch(() => undefined);
      await api.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Runs an attempt to its end. */
export async function runToEnd(
  changes: Partial<Assignment>,
  options: Parameters<typeof startAttempt>[1] = {},
): Promise<{ complete: CompleteRequest; log: string; api: FakeApi }> {
  await using run = await startAttempt(changes, options);
  await run.reported;
  return { complete: run.api.completed(), log: run.log(), api: run.api };
}

/** Whether a process lives; one that has ended and only waits to be collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(existsSync("/proc/self/stat") ? readFileSync(`/proc/${pid}/stat`, "utf8") : "");
  } catch {
    return false;
  }
}
