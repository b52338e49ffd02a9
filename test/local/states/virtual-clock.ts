import type { Clock } from "../../../local/clock.ts";

/** A clock that moves only when it is told to. */
export interface VirtualClock extends Clock {
  /** Runs what is due until then, in order, with everything that follows from it. */
  advance(milliseconds: number): Promise<void>;
  /** Moves to the next thing that is due and runs it; false if there is none. */
  advanceToNext(): Promise<boolean>;
  /** How many callbacks wait. */
  pending(): number;
}

interface Scheduled {
  readonly due: number;
  readonly order: number;
  readonly callback: () => void;
}

export function createVirtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start;
  let order = 0;
  const scheduled = new Set<Scheduled>();

  const earliest = (): Scheduled | undefined => {
    let found: Scheduled | undefined;
    for (const candidate of scheduled) {
      if (
        found === undefined ||
        candidate.due < found.due ||
        (candidate.due === found.due && candidate.order < found.order)
      ) {
        found = candidate;
      }
    }
    return found;
  };
  const runNext = async (until: number): Promise<boolean> => {
    await settled();
    const next = earliest();
    if (next === undefined || next.due > until) return false;
    now = Math.max(now, next.due);
    scheduled.delete(next);
    next.callback();
    await settled();
    return true;
  };

  return {
    now: () => now,
    schedule(milliseconds, callback) {
      const entry = { due: now + milliseconds, order: order++, callback };
      scheduled.add(entry);
      return () => scheduled.delete(entry);
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      while (await runNext(until));
      now = until;
    },
    advanceToNext: () => runNext(Number.POSITIVE_INFINITY),
    pending: () => scheduled.size,
  };
}

/** Lets everything run that waits for nothing but promises. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
