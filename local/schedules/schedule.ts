import type { Clock } from "../clock.ts";

/** What is done, and how often. */
export interface ScheduleOptions {
  readonly clock: Clock;
  readonly intervalMilliseconds: number;
  /** What is done at each tick. Its failure is its own affair: the next tick comes all the same. */
  readonly run: () => Promise<unknown>;
}

/** A schedule under way. */
export interface Schedule {
  /** No tick begins any more; waits for the one that runs. */
  stop(): Promise<void>;
}

/**
 * Does something at a fixed rate, like EventBridge Scheduler's `rate(1 minute)`; the first time after one interval.
 * Unlike there, a tick that finds the last one still running is left out: on a laptop that slept, a pile of them
 * would help nobody.
 */
export function startSchedule({ clock, intervalMilliseconds, run }: ScheduleOptions): Schedule {
  let running: Promise<unknown> | undefined;
  let isStopped = false;
  let cancel = () => {};

  const tick = () => {
    running ??= run()
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
      });
    arm();
  };
  const arm = () => {
    if (!isStopped) cancel = clock.schedule(intervalMilliseconds, tick);
  };
  arm();

  return {
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
