import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import * as z from "zod";
import { RetryableExecutorError, TerminalExecutorError } from "../executor-error.ts";
import { isTransient } from "../is-transient.ts";
import type { ClusterAccess, ClusterEndpoint } from "./cluster-access.ts";

/** One call of the API server. */
export interface KubernetesCall {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** `/apis/batch/v1/namespaces/…` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; of a PATCH, as a JSON merge patch. */
  readonly body?: object;
  /** Statuses, beside 2xx, that are answers and no faults. */
  readonly expected?: readonly number[];
}

/** What the API server answered. */
export interface KubernetesAnswer {
  readonly status: number;
  /** As it came; a Status object where `status` is 400 or more. */
  readonly text: string;
}

/** Talks to one API server. */
export interface KubernetesApi {
  /** Throws `RetryableExecutorError` and `TerminalExecutorError`. */
  call(call: KubernetesCall): Promise<KubernetesAnswer>;
}

/** What talking to an API server takes. */
export interface KubernetesApiOptions {
  readonly access: ClusterAccess;
  /** For messages: `EKS cluster "shop"`. */
  readonly place: string;
  /** One call, connecting included. Default 10,000. */
  readonly timeoutMilliseconds?: number;
  /** Waits before a call is repeated that the server wants later. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

const TIMEOUT_MILLISECONDS = 10_000;
/** A server that wants a call later is asked this often; then Step Functions' own retrier goes on. */
const TRIES = 3;
/** Longest `Retry-After` that is waited for here; a function that waits costs. */
const LONGEST_WAIT_SECONDS = 5;
const DEFAULT_WAIT_SECONDS = 1;

/** What the API server answers instead of an object. Source: API reference of Kubernetes, Status v1 meta. */
const statusBody = z.object({
  kind: z.literal("Status"),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z.object({ retryAfterSeconds: z.number().optional() }).nullish(),
});

/** Speaks the Kubernetes API over HTTPS: the genuine client alone is a bundle of 2 MB. */
export function createKubernetesApi({
  access,
  place,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
  wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}: KubernetesApiOptions): KubernetesApi {
  // Kept alive: an attempt takes three calls, and a handshake takes longer than any of them.
  const agents = { "http:": new HttpAgent({ keepAlive: true }), "https:": new HttpsAgent({ keepAlive: true }) };

  const once = async (call: KubernetesCall): Promise<RawAnswer> => {
    const endpoint = await access.endpoint();
    const token = await access.token();
    try {
      return await send(endpoint, token, call, timeoutMilliseconds, agents);
    } catch (cause) {
      access.dropEndpoint();
      throw networkError(place, call, cause);
    }
  };

  return {
    async call(call) {
      let isRenewed = false;
      for (let tries = 1; ; ) {
        const answer = await once(call);
        if (answer.status === 401 && !isRenewed) {
          // The token is too old, or the access entry younger than what the server remembers.
          isRenewed = true;
          access.dropToken();
          continue;
        }
        if (answer.status < 300 || call.expected?.includes(answer.status)) {
          return answer;
        }
        const seconds = retryAfter(answer);
        if (!wantsItLater(answer.status) || tries >= TRIES || seconds > LONGEST_WAIT_SECONDS) {
          throw statusError(place, call, answer);
        }
        tries++;
        await wait(seconds * 1000);
      }
    },
  };
}

interface RawAnswer extends KubernetesAnswer {
  readonly headers: IncomingHttpHeaders;
}

function send(
  { url, certificateAuthority }: ClusterEndpoint,
  token: string,
  { method, path, query = {}, body }: KubernetesCall,
  timeoutMilliseconds: number,
  agents: { readonly "http:": HttpAgent; readonly "https:": HttpsAgent },
): Promise<RawAnswer> {
  const target = new URL(path, url);
  target.search = new URLSearchParams(query).toString();
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    "user-agent": "sluice",
    ...(payload !== undefined && {
      "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json",
      "content-length": Buffer.byteLength(payload),
    }),
  };
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  return new Promise((resolve, reject) => {
    const common = { method, headers, signal };
    const outgoing =
      target.protocol === "https:"
        ? httpsRequest(target, {
            ...common,
            agent: agents["https:"],
            ...(certificateAuthority !== undefined && { ca: certificateAuthority }),
          })
        : httpRequest(target, { ...common, agent: agents["http:"] });
    outgoing.once("error", (error) => reject(signal.aborted ? signal.reason : error));
    outgoing.once("response", async (incoming) => {
      try {
        const chunks: Uint8Array[] = [];
        for await (const chunk of incoming) {
          chunks.push(chunk);
        }
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      } catch (error) {
        reject(signal.aborted ? signal.reason : error);
      }
    });
    outgoing.end(payload);
  });
}

function wantsItLater(status: number): boolean {
  return status === 429 || status === 503 || status === 504;
}

/** Seconds, by the header or the body; the date form of the header is not used by API servers. */
function retryAfter({ headers, text }: RawAnswer): number {
  const header = Number(headers["retry-after"]);
  const seconds = Number.isFinite(header) ? header : readStatus(text)?.details?.retryAfterSeconds;
  return seconds ?? DEFAULT_WAIT_SECONDS;
}

function readStatus(text: string): z.infer<typeof statusBody> | undefined {
  try {
    return statusBody.parse(JSON.parse(text));
  } catch {
    // A load balancer in front of the server may answer in its own words.
    return undefined;
  }
}

/** What an operator does about a status. */
const REMEDIES: ReadonlyMap<number, string> = new Map([
  [401, "the cluster does not know the function's role: give it an access entry"],
  [403, "the access entry's group lacks the rights: apply the Role and its RoleBinding"],
]);

function statusError(place: string, { method, path }: KubernetesCall, answer: RawAnswer): Error {
  const { status, text } = answer;
  const body = readStatus(text);
  const what = [body?.reason ?? `HTTP ${status}`, body?.message].filter(Boolean).join(": ");
  const remedy = REMEDIES.get(status);
  const message = `${place}: ${method} ${path}: ${what}${remedy === undefined ? "" : `; ${remedy} (docs/eks.md)`}`;
  return status === 429 || status >= 500
    ? new RetryableExecutorError(`${message}; to be tried again after ${retryAfter(answer)} s`)
    : new TerminalExecutorError(message);
}

function networkError(place: string, { method, path }: KubernetesCall, cause: unknown): Error {
  const text = cause instanceof Error ? cause.message || cause.name : String(cause);
  const message = `${place}: ${method} ${path}: ${text}`;
  return isTransient(cause)
    ? new RetryableExecutorError(`${message}; a private endpoint is reached from its own network only (docs/eks.md)`, {
        cause,
      })
    : new TerminalExecutorError(message, { cause });
}
