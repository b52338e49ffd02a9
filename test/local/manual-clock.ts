import type { Clock } from "../../local/clock.ts";

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on and runs what is due on the way, in order; promises settle between two callbacks. */
  advance(milliseconds: number): Promise<void>;
  /** How many callbacks wait. */
  readonly pending: number;
}

export function createManualClock(start = Date.UTC(2026, 10, 21, 12)): ManualClock {
  let now = start;
  let timers: { readonly due: number; readonly callback: () => void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    schedule(milliseconds, callback) {
      const timer = { due: now + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const [next] = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        now = next.due;
        next.callback();
        await settle();
      }
      now = end;
    },
    get pending() {
      return timers.length;
    },
  };
}
