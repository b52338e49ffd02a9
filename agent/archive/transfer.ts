import { delay } from "../delay.ts";

/** The object store refused a transfer: trying again would not help. */
class TransferRefusedError extends Error {
  override readonly name = "TransferRefusedError";
}

/** Statuses after which the same transfer may succeed. Others, 507 (no space left) among them, stay what they are. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** How long a transfer is tried, and what ends it. */
export interface TransferOptions {
  readonly unreachableSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Does one transfer to or from the object store, again after network errors and passing faults of the store until
 * `unreachableSeconds` are over. `attempt` must begin anew each time and answer the response. The address stays out of
 * messages: it is signed.
 */
export async function transfer(
  what: "upload" | "download",
  options: TransferOptions,
  attempt: () => Promise<Response>,
): Promise<void> {
  const giveUpAt = performance.now() + options.unreachableSeconds * 1000;
  for (let pause = 200; ; pause = Math.min(pause * 2, 10_000)) {
    let cause: unknown;
    try {
      const response = await attempt();
      if (response.ok) {
        return;
      }
      const status = `${response.status} ${response.statusText}`.trimEnd();
      cause = new TransferRefusedError(`The object store answered the ${what} with status ${status}.`);
      if (!PASSING_STATUSES.has(response.status)) {
        throw cause;
      }
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof TransferRefusedError || !isNetworkError(error)) {
        throw error;
      }
      cause = error;
    }
    if (performance.now() + pause > giveUpAt) {
      throw cause;
    }
    await delay(pause, options.signal);
  }
}

/** `fetch` rejects with a `TypeError` for every fault of the network; a body that breaks off carries its cause's code. */
function isNetworkError(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error && "code" in error && /^(UND_ERR|ECONN|EPIPE|ETIMEDOUT)/.test(String(error.code)))
  );
}
