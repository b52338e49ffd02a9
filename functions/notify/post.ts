import { DeliveryError } from "./delivery-error.ts";

/** A request that carries a notification. */
export interface NotificationRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What a body with status 200 must say besides: chats answer 200 for what they refuse. Answers why it is refused. */
  readonly refusal?: (body: string) => string | undefined;
}

/** A receiver answers before it works; whoever takes longer gets the event again. */
const TIMEOUT_MILLISECONDS = 10_000;
/** Of an answer, this much is read. */
const LARGEST_ANSWER_BYTES = 16 * 1024;

/**
 * Sends a notification; throws `DeliveryError` where it was not taken. Redirects are not followed: they would carry the
 * event, and the reach of this function, to where nobody has allowed it.
 */
export async function post({ body, headers, refusal, url }: NotificationRequest): Promise<void> {
  const response = await fetchOnce(url, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8", "user-agent": "sluice", ...headers },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    const retryAfterSeconds = readRetryAfter(response.headers.get("retry-after"));
    throw new DeliveryError(`The receiver answered ${response.status}.`, { retryAfterSeconds });
  }
  if (refusal === undefined) {
    await response.body?.cancel();
    return;
  }
  const reason = refusal(await readStart(response));
  if (reason !== undefined) {
    throw new DeliveryError(`The receiver refused the message: ${reason}.`);
  }
}

async function fetchOnce(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    // The message of the cause may hold the URL; its code does not.
    throw new DeliveryError(`The receiver could not be reached (${codeOf(cause)}).`);
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") {
    return cause.code;
  }
  return cause instanceof Error ? cause.name : "unknown";
}

/** Seconds only: a date would be of the receiver's clock. */
function readRetryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    text += decoder.decode(chunk, { stream: true });
    if (bytes >= LARGEST_ANSWER_BYTES) break;
  }
  return text;
}
