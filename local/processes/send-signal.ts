/** Sends a signal to a process or, by a negative number, to a group; a target that is gone is no error. */
export function sendSignal(target: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(target, signal);
  } catch {
    // It has ended already.
  }
}
