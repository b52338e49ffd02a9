import {
  attemptIdOf,
  EVENT_DETAIL_TYPES,
  EVENT_SOURCE,
  hasRunEnded,
  type Runtime,
  type RunView,
  readRun,
  stopRun,
} from "../../functions/index.ts";
import type { Clock } from "../clock.ts";
import type { EventBus } from "../events/event-bus.ts";
import { createWaits } from "./waits.ts";

/** Follows runs to their end. */
export interface RunControl {
  /** Stops the execution, and waits until the run's records are settled and nothing of it runs any more. */
  cancel(runId: string): Promise<void>;
  waitForEnd(runId: string): Promise<RunView>;
  /** Ends every wait. */
  stop(): void;
}

/** Events are best effort, on AWS as well: the record is looked at this often whatever is heard. */
const RECORD_POLL_MILLISECONDS = 1_000;
/** How often it is asked whether a process is gone; asking is one system call, or a look into memory. */
const PROCESS_POLL_MILLISECONDS = 20;

/** Follows the runs of one installation. */
export function createRunControl(options: {
  readonly runtime: Runtime;
  readonly bus: EventBus;
  /** Whether something of an attempt still runs on this machine. */
  readonly isRunning: (attemptId: string) => boolean;
  readonly clock: Clock;
}): RunControl {
  const { runtime, bus, isRunning, clock } = options;
  const waits = createWaits(clock);
  const runEvents = JSON.stringify({ source: [EVENT_SOURCE], "detail-type": [EVENT_DETAIL_TYPES.run] });
  const unlisten = bus.listen(runtime.environment.busName, runEvents, () => waits.wake());

  const waitForEnd = (runId: string) =>
    waits.until(RECORD_POLL_MILLISECONDS, async () => {
      const run = await readRun(runtime, runId);
      return hasRunEnded(run.status) ? run : undefined;
    });

  const isLeft = (run: RunView) =>
    run.actions.some(
      ({ key, attempts }) =>
        // Earlier attempts have ended: only after that is the next one made.
        attempts > 0 && isRunning(attemptIdOf({ runId: run.runId, key, n: attempts })),
    );

  return {
    waitForEnd,
    async cancel(runId) {
      await stopRun(runtime, runId, "The run was cancelled.");
      const run = await waitForEnd(runId);
      await waits.until(PROCESS_POLL_MILLISECONDS, async () => (isLeft(run) ? undefined : true));
    },
    stop() {
      unlisten();
      waits.stop();
    },
  };
}
