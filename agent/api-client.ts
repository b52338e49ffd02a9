import { ApiRefusedError, ApiUnreachableError, AttemptEndedError } from "./api-errors.ts";
import { delay } from "./delay.ts";
import type {
  BootstrapRequest,
  BootstrapResponse,
  CompleteRequest,
  DirectoryRequest,
  DirectoryResponse,
  HeartbeatRequest,
  HeartbeatResponse,
  OutputsRequest,
  PacksRequest,
  PacksResponse,
  RestoreRequest,
  RestoreResponse,
  UploadRequest,
  UploadResponse,
} from "./protocol.ts";
import { AGENT_API_VERSION } from "./protocol.ts";

/** The calls of the agent protocol. Each rejects with one of the errors of `api-errors.ts`. */
export interface ApiClient {
  heartbeat(request: HeartbeatRequest, signal?: AbortSignal): Promise<HeartbeatResponse>;
  outputs(request: OutputsRequest, signal?: AbortSignal): Promise<void>;
  upload(request: UploadRequest, signal?: AbortSignal): Promise<UploadResponse>;
  packs(request: PacksRequest, signal?: AbortSignal): Promise<PacksResponse>;
  directory(request: DirectoryRequest, signal?: AbortSignal): Promise<DirectoryResponse>;
  restores(request: RestoreRequest, signal?: AbortSignal): Promise<RestoreResponse>;
  complete(request: CompleteRequest): Promise<void>;
}

/** Where the API is, and how patiently it is called. */
export interface ApiClientOptions {
  readonly api: string;
  readonly attemptId: string;
  readonly fetch: typeof fetch;
  /** How long one call is tried again on network errors, 429 and 5xx. */
  readonly unreachableSeconds: number;
  /** How long it is tried again where every connection was refused. */
  readonly refusedSeconds: number;
}

/** First pause between two tries of a call; doubled each time. */
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 10_000;
/** One try must be answered within this time, or counts as a network error. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

/** Exchanges the single-use nonce for the attempt's assignment and for a client that is authorised by its secret. */
export async function bootstrap(
  options: ApiClientOptions,
  request: BootstrapRequest,
): Promise<{ readonly client: ApiClient; readonly response: BootstrapResponse }> {
  const response: BootstrapResponse = await call(options, "bootstrap", request, undefined);
  const authorised = <Answer>(name: string, body: object, signal?: AbortSignal): Promise<Answer> =>
    call(options, name, body, response.secret, signal);
  return {
    response,
    client: {
      heartbeat: (body, signal) => authorised("heartbeat", body, signal),
      outputs: (body, signal) => authorised("outputs", body, signal),
      upload: (body, signal) => authorised("uploads", body, signal),
      packs: (body, signal) => authorised("packs", body, signal),
      directory: (body, signal) => authorised("directories", body, signal),
      restores: (body, signal) => authorised("restores", body, signal),
      complete: (body) => authorised("complete", body),
    },
  };
}

async function call<Answer>(
  options: ApiClientOptions,
  name: string,
  body: object,
  secret: string | undefined,
  signal?: AbortSignal,
): Promise<Answer> {
  const attempt = encodeURIComponent(options.attemptId);
  const url = `${options.api.replace(/\/+$/, "")}/${AGENT_API_VERSION}/attempts/${attempt}/${name}`;
  const text = JSON.stringify(body);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (secret !== undefined) {
    headers["authorization"] = `Bearer ${secret}`;
  }
  const startedAt = performance.now();
  let isRefused = true;
  for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)) {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
    const limit = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const answer = await post<Answer>(options.fetch, name, url, { method: "POST", headers, body: text, signal: limit });
    if (answer.kind === "answered") {
      return answer.value;
    }
    signal?.throwIfAborted();
    isRefused &&= isConnectionRefused(answer.cause);
    const patienceSeconds = isRefused ? options.refusedSeconds : options.unreachableSeconds;
    // Full jitter below the pause, so that many agents do not come back at the same moment.
    const wait = pause / 2 + (Math.random() * pause) / 2;
    if (performance.now() + wait > startedAt + patienceSeconds * 1000) {
      const how = isRefused ? `refused every connection for "${name}"` : `did not answer "${name}"`;
      throw new ApiUnreachableError(`agent-api ${how} for ${patienceSeconds} s.`, { cause: answer.cause });
    }
    await delay(wait, signal);
  }
}

type Answer<Value> =
  | { readonly kind: "answered"; readonly value: Value }
  | { readonly kind: "tryAgain"; readonly cause: unknown };

async function post<Value>(send: typeof fetch, name: string, url: string, init: RequestInit): Promise<Answer<Value>> {
  let response: Response;
  let text: string;
  try {
    response = await send(url, init);
    text = await response.text();
  } catch (cause) {
    return { kind: "tryAgain", cause };
  }
  if (response.ok) {
    // The protocol's types are the contract with agent-api, which validates what it sends.
    return { kind: "answered", value: (text === "" ? {} : JSON.parse(text)) as Value };
  }
  if (response.status === 409) {
    throw new AttemptEndedError(`agent-api answered "${name}": the attempt has ended.`);
  }
  if (response.status >= 500 || response.status === 429) {
    return { kind: "tryAgain", cause: new Error(`status ${response.status}`) };
  }
  throw new ApiRefusedError(name, response.status, detailOf(text));
}

/** Whether nobody listens at the address: `fetch` rejects with a `TypeError` whose cause is the system's error. */
function isConnectionRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}

/** What a problem document (RFC 9457) says is wrong; `undefined` for any other answer. */
function detailOf(text: string): string | undefined {
  try {
    const problem: unknown = JSON.parse(text);
    const hasDetail = typeof problem === "object" && problem !== null && "detail" in problem;
    return hasDetail && typeof problem.detail === "string" ? problem.detail : undefined;
  } catch {
    return undefined;
  }
}
