import type { ApiClient } from "./api-client.ts";
import { delay } from "./delay.ts";
import type { HeartbeatRequest } from "./protocol.ts";

/** Tells the other side that the attempt lives, and hears whether it is still wanted. */
export interface Heartbeat {
  /** Changes the phase and sends it at once. */
  enter(phase: HeartbeatRequest["phase"]): void;
  stop(): void;
}

/**
 * Sends a heartbeat every `seconds`. `onCancel` is called when the run is being cancelled, `onLost` once when the
 * attempt has ended on the other side, the secret is refused, or the API was unreachable for too long.
 */
export function startHeartbeat(
  client: Pick<ApiClient, "heartbeat">,
  seconds: number,
  callbacks: { onCancel(): void; onLost(error: Error): void },
): Heartbeat {
  const stop = new AbortController();
  let phase: HeartbeatRequest["phase"] = "preparing";
  let wake = new AbortController();
  let due = false;
  const beat = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      if (!due) {
        // Rejects when it is woken: then the next heartbeat is due at once.
        await delay(seconds * 1000, wake.signal).catch(() => undefined);
      }
      if (stop.signal.aborted) {
        return;
      }
      due = false;
      wake = new AbortController();
      if ((await client.heartbeat({ phase }, stop.signal)).cancel) {
        callbacks.onCancel();
      }
    }
  };
  void beat().catch((error: unknown) => {
    if (!stop.signal.aborted) {
      callbacks.onLost(error instanceof Error ? error : new Error(String(error)));
    }
  });
  return {
    enter(next) {
      phase = next;
      due = true;
      wake.abort();
    },
    stop() {
      stop.abort();
      wake.abort();
    },
  };
}
