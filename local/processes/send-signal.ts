import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROCESS_GROUP_FILE } from "../../agent/protocol.ts";

/** Sends a signal to a process or, by a negative number, to a group; a target that is gone is no error. */
export function sendSignal(target: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(target, signal);
  } catch {
    // It has ended already.
  }
}

/** Kills the process group of an attempt's scripts, where the agent was killed before it could do so itself. */
export function killScripts(root: string): void {
  const [group = "", boot = ""] = read(join(root, PROCESS_GROUP_FILE)).split("\n");
  // After a restart of the machine the number belongs to somebody else.
  if (/^[1-9]\d*$/.test(group) && Number(group) > 1 && boot === read("/proc/sys/kernel/random/boot_id").trim()) {
    sendSignal(-Number(group), "SIGKILL");
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
