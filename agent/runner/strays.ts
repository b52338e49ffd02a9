import { readFileSync } from "node:fs";
import { isOfAttempt } from "../protocol.ts";
import { processIds } from "./process-ids.ts";

/** A stray may start others while it is looked for; after so many rounds whoever still does so is left alone. */
const ROUNDS = 5;

/**
 * Kills what left the process group of the attempt of `root` (`setsid`, daemons). Linux alone shows what a process was
 * started with; elsewhere nothing happens. Without any stray it costs one small file per process of the machine, some
 * milliseconds.
 */
export function killStrays(root: string): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    const strays = processIds().filter((pid) => isOfAttempt(environmentOf(pid), root));
    if (strays.length === 0) {
      return;
    }
    for (const pid of strays) {
      kill(pid);
    }
  }
}

/** Empty where it is none of this user's, or is gone. A zombie has none either. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
