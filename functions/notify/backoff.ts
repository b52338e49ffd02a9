/** Wait before the second try. */
const FIRST_SECONDS = 10;
/** A receiver that comes back is found within this time. */
const LONGEST_SECONDS = 900;
/** SQS hides a message for 12 hours at most; a receiver that wants to be left alone for longer is asked again then. */
const LONGEST_HIDDEN_SECONDS = 43_200;

/**
 * Seconds until a message is tried again: 10, 20, 40 … 900, or as long as the receiver asked for (`Retry-After`). Nine
 * tries (`NOTIFY_QUEUE.maxReceiveCount`) take 10 + 20 + 40 + 80 + 160 + 320 + 640 + 900 s, some 36 minutes.
 */
export function secondsUntilNextTry(triesMade: number, retryAfterSeconds: number | undefined): number {
  const own = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (triesMade - 1));
  return Math.min(LONGEST_HIDDEN_SECONDS, Math.max(own, retryAfterSeconds ?? 0));
}
