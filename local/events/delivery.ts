import type { Clock } from "../clock.ts";

/** Delivers at least once: what is refused is tried again. */
export interface Delivery {
  /** Begins soon, not before the caller has gone on. */
  deliver(send: () => Promise<void> | void, retryAttempts: number): void;
  /** Forgets the tries that have not begun and waits for those that run. */
  stop(): Promise<void>;
}

const FIRST_RETRY_MILLISECONDS = 1_000;
const LONGEST_RETRY_MILLISECONDS = 60_000;

/**
 * EventBridge's delivery: a target that cannot be reached is tried again with exponential backoff, 185 times by default
 * (here 1, 2, 4 … 60 seconds apart; there over 24 hours). Order is not promised, there or here.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
export function createDelivery(clock: Clock): Delivery {
  const running = new Set<Promise<void>>();
  const waiting = new Set<() => void>();
  let isStopped = false;

  const attempt = (send: () => Promise<void> | void, retriesLeft: number, delay: number) => {
    const sending: Promise<void> = Promise.resolve()
      .then(send)
      .catch(() => {
        if (isStopped || retriesLeft === 0) return;
        const cancel = clock.schedule(delay, () => {
          waiting.delete(cancel);
          attempt(send, retriesLeft - 1, Math.min(delay * 2, LONGEST_RETRY_MILLISECONDS));
        });
        waiting.add(cancel);
      })
      .finally(() => running.delete(sending));
    running.add(sending);
  };

  return {
    deliver(send, retryAttempts) {
      if (!isStopped) attempt(send, retryAttempts, FIRST_RETRY_MILLISECONDS);
    },
    async stop() {
      isStopped = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
      while (running.size > 0) await Promise.all(running);
    },
  };
}
