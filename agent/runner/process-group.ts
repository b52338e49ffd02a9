import { readFileSync } from "node:fs";
import { processIds } from "./process-ids.ts";

/** Sends a signal to every process of a group; an empty group is no error. */
export function signalGroup(group: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-group, name);
  } catch {
    // Nothing is left in the group.
  }
}

/** Whether a process of the group still runs; one that has ended and only waits to be collected does not. */
export function isGroupRunning(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  const ids = processIds();
  // Where the system shows no processes, the signal that found one has to do.
  return ids.length === 0 || ids.some((pid) => isRunningIn(pid, group));
}

/** Reads `<pid> (<name>) <state> <parent> <group> …`; the name may hold anything. Source: proc_pid_stat(5). */
function isRunningIn(pid: number, group: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, , own] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(own) === group && state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}
