import type { Clock } from "../../../local/clock.ts";

/** A clock that jumps from one thing to do to the next, years in seconds. */
export interface VirtualClock extends Clock {
  /** Does everything that is due until then, in order. */
  runUntil(end: number): void;
}

export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  const timers = new Map<object, { readonly due: number; readonly callback: () => void }>();
  return {
    now: () => now,
    schedule(milliseconds, callback) {
      const key = {};
      timers.set(key, { due: now + milliseconds, callback });
      return () => timers.delete(key);
    },
    runUntil(end) {
      for (;;) {
        let first: object | undefined;
        let due = end;
        for (const [key, timer] of timers) {
          if (timer.due < due) {
            first = key;
            due = timer.due;
          }
        }
        const timer = first && timers.get(first);
        if (first === undefined || timer === undefined) break;
        timers.delete(first);
        now = timer.due;
        timer.callback();
      }
      now = end;
    },
  };
}
