import type { AttemptLog } from "./log/forward.ts";
import type { Assignment } from "./protocol.ts";
import type { RunningScripts, ScriptsEnd } from "./runner/running-scripts.ts";
import type { StopSwitch } from "./stop-switch.ts";
import { after } from "./timer.ts";

/**
 * Follows running scripts to their end: forwards what they print, and ends them when their time is up or a stop is
 * asked for. SIGTERM comes first, SIGKILL after `graceSeconds`; abandoned scripts are killed at once.
 */
export async function followScripts(
  scripts: RunningScripts,
  { timeoutSeconds, graceSeconds }: Pick<Assignment, "timeoutSeconds" | "graceSeconds">,
  log: AttemptLog,
  stop: StopSwitch,
): Promise<ScriptsEnd> {
  const pending: (() => void)[] = [];
  if (timeoutSeconds !== undefined) {
    // What is left of the action's `timeout` for this attempt: the number would mislead where it is not the first.
    const message = "The action used up its running time.";
    let isOver = false;
    pending.push(() => {
      isOver = true;
    });
    void scripts.begun.then(() => {
      if (!isOver) pending.push(after(timeoutSeconds, () => stop.ask({ kind: "timedOut", message })));
    });
  }
  let terminated = false;
  pending.push(
    stop.onRequest((request) => {
      if (request.kind === "abandoned") {
        log.note(`${request.message} The scripts are killed.`);
        scripts.signal("SIGKILL");
        return;
      }
      if (!terminated) {
        terminated = true;
        log.note(request.message);
        scripts.signal("SIGTERM");
        pending.push(after(graceSeconds, () => scripts.signal("SIGKILL")));
      }
    }),
  );
  try {
    const [end] = await Promise.all([scripts.ended, log.forward(scripts.output)]);
    return end;
  } finally {
    for (const callOff of pending) {
      callOff();
    }
  }
}
