import { attemptIdOf, EVENT_DETAIL_TYPES, type RunView } from "../../functions/index.ts";
import type { Clock } from "../clock.ts";
import type { LocalContainers } from "../containers/index.ts";
import type { BusEvent } from "../events/event.ts";

/** Lets the news of an end come after what was printed before it, where the log comes from containers. */
export interface AfterLogs {
  /** Resolves when the containers of the run's last attempts are gone. */
  ofRun(run: RunView): Promise<void>;
  /** Wraps a listener: events keep their order, and one that ends an attempt waits for its log. */
  wrap(listener: (event: BusEvent) => void): (event: BusEvent) => Promise<void>;
}

/** An engine that does not get rid of a container by then does not hold up the news. */
const LONGEST_WAIT_MILLISECONDS = 5_000;

const ENDS: ReadonlySet<unknown> = new Set(["succeeded", "failed", "timedOut", "cancelled"]);

/** The agent reports the end of an attempt before its container, and with it the log, has ended. */
export function createAfterLogs(containers: Pick<LocalContainers, "ended">, clock: Clock): AfterLogs {
  const settle = (attemptIds: readonly string[]) =>
    new Promise<void>((resolve) => {
      const cancel = clock.schedule(LONGEST_WAIT_MILLISECONDS, resolve);
      void Promise.all(attemptIds.map((attemptId) => containers.ended(attemptId))).then(() => {
        cancel();
        resolve();
      });
    });
  return {
    ofRun: ({ runId, actions }) =>
      settle(
        actions
          .filter(({ attempts }) => attempts > 0)
          .map(({ key, attempts }) => attemptIdOf({ runId, key, n: attempts })),
      ),
    wrap(listener) {
      let last = Promise.resolve();
      return (event) => {
        last = last.then(async () => {
          await settle(endedBy(event));
          listener(event);
        });
        return last;
      };
    },
  };
}

function endedBy(event: BusEvent): readonly string[] {
  const { runId, action, attempt, status } = event.detail;
  if (event["detail-type"] !== EVENT_DETAIL_TYPES.action || !ENDS.has(status) || Number(attempt) < 1) return [];
  return [attemptIdOf({ runId: String(runId), key: String(action), n: Number(attempt) })];
}
