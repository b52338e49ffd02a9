import type { Clock } from "../clock.ts";

/** Waits that end with the installation. */
export interface Waits {
  /**
   * Asks again and again until there is an answer: at once, after `wake`, and every `milliseconds` in any case.
   * Rejects when asking fails, and when the installation stops.
   */
  until<T>(milliseconds: number, ask: () => Promise<T | undefined>): Promise<T>;
  /** Something has happened: those who wait look again. */
  wake(): void;
  stop(): void;
}

/** Waits by the installation's clock; nobody waits yet. */
export function createWaits(clock: Clock): Waits {
  const sleepers = new Set<() => void>();
  let isStopped = false;
  let changes = 0;

  const wake = () => {
    changes++;
    for (const sleeper of [...sleepers]) sleeper();
  };

  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        sleepers.delete(end);
        resolve();
      };
      const cancel = clock.schedule(milliseconds, end);
      sleepers.add(end);
    });

  return {
    async until(milliseconds, ask) {
      for (;;) {
        if (isStopped) throw new Error("The installation has stopped.");
        const seen = changes;
        const answer = await ask();
        if (answer !== undefined) return answer;
        // What happened while the question was under way may have changed the answer.
        if (seen === changes && !isStopped) await sleep(milliseconds);
      }
    },
    wake,
    stop() {
      isStopped = true;
      wake();
    },
  };
}
