import type { z } from "zod";
import type { Io } from "../io.ts";
import { problem } from "./answers.ts";
import type { Endpoint } from "./endpoint.ts";
import { CallError, RefusedError } from "./errors.ts";
import { signedHeaders, type UnsignedRequest } from "./sign.ts";

/** Talks to the API of an installation. */
export interface ApiClient {
  readonly endpoint: Endpoint;
  /** Parts of a path are encoded. Throws `RefusedError`, `CallError`. */
  get<Answer>(path: readonly string[], schema: z.ZodType<Answer>, query?: Query): Promise<Answer>;
  /** Only what may be sent twice is posted: submissions bear a key, cancelling again changes nothing. */
  post<Answer>(path: readonly string[], schema: z.ZodType<Answer>, body: object | undefined): Promise<Answer>;
}

/** Parameters; those without a value are left out. */
export type Query = Readonly<Record<string, string | undefined>>;

/** Tries of one request: throttling and a function that starts anew pass within some seconds. */
const MOST_TRIES = 4;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;
/** API Gateway answers within 30 seconds. */
const TIMEOUT_MS = 40_000;

/** A client of one installation. */
export function createApiClient(endpoint: Endpoint, clock: Io["clock"]): ApiClient {
  const call = async <Answer>(request: UnsignedRequest, schema: z.ZodType<Answer>): Promise<Answer> => {
    for (let tries = 1; ; tries++) {
      const result = await attempt(endpoint, request).catch((error: unknown) => unreachable(endpoint, error));
      if (!(result instanceof CallError)) return parseAnswer(endpoint, result, schema);
      if (!result.isPassing || tries === MOST_TRIES) throw result;
      const backOff = FIRST_DELAY_MS * 2 ** (tries - 1);
      await clock.wait(Math.min(LONGEST_DELAY_MS, Math.max(backOff, result.retryAfterMs)));
    }
  };
  return {
    endpoint,
    get: (path, schema, query = {}) =>
      call({ method: "GET", path: encode(path), query: definedOnly(query), body: undefined }, schema),
    post: (path, schema, body) =>
      call({ method: "POST", path: encode(path), query: {}, body: JSON.stringify(body ?? {}) }, schema),
  };
}

function encode(path: readonly string[]): string {
  return path.map((part) => `/${encodeURIComponent(part)}`).join("");
}

function definedOnly(query: Query): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The body of a good answer; refusals are thrown. */
async function attempt(endpoint: Endpoint, request: UnsignedRequest): Promise<string | CallError> {
  const headers = await signedHeaders(endpoint, request);
  const query = new URLSearchParams(request.query).toString().replaceAll("+", "%20");
  const response = await fetch(`${endpoint.url}${request.path}${query === "" ? "" : `?${query}`}`, {
    method: request.method,
    headers,
    ...(request.body !== undefined && { body: request.body }),
    // A redirect would not bear the signature.
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (response.ok) return text;
  const told = problem.safeParse(parseJson(text));
  const { status } = response;
  if (status === 429 || status >= 500) {
    const message = `${endpoint.url} answered ${status}${told.success ? `: ${told.data.detail}` : ""}`;
    const seconds = Number(response.headers.get("retry-after") ?? 0);
    const help = "It was tried several times. Try again later, or look into the log of the function runs-api.";
    return new CallError(message, help, { isPassing: status !== 500, retryAfterMs: seconds * 1000 });
  }
  if (told.success) throw new RefusedError(told.data);
  // API Gateway itself.
  const reason = messageOf(text);
  const help =
    status === 403
      ? "The credentials must be allowed execute-api:Invoke on this API; with temporary ones, sign in again."
      : "Is it the URL of an installation's API, with its stage where it has one?";
  return new CallError(`${endpoint.url} answered ${status}${reason === "" ? "" : `: ${reason}`}`, help);
}

function unreachable(endpoint: Endpoint, error: unknown): CallError {
  if (!(error instanceof Error) || error instanceof RefusedError) throw error;
  // `fetch failed` hides what happened in its cause; anything else is no matter of the network.
  if (error.name !== "TimeoutError" && !(error instanceof TypeError)) throw error;
  const { cause } = error;
  const reason = cause instanceof Error ? cause.message || cause.name : error.message;
  const help = endpoint.isLocal ? "Is sluice dev still running?" : "Check the URL and the network.";
  return new CallError(`${endpoint.url} cannot be reached: ${reason}`, help, {
    isPassing: !endpoint.isLocal,
    cause: error,
  });
}

function parseAnswer<Answer>(endpoint: Endpoint, text: string, schema: z.ZodType<Answer>): Answer {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new CallError(
    `${endpoint.url} answered something that this version does not know`,
    "Use the version of sluice that the installation was deployed with.",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(text: string): string {
  const parsed = parseJson(text);
  const isObject = typeof parsed === "object" && parsed !== null;
  const message =
    isObject && "message" in parsed ? parsed.message : isObject && "Message" in parsed ? parsed.Message : "";
  return typeof message === "string" ? message : "";
}
