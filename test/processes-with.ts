import { readdirSync, readFileSync } from "node:fs";

/** Ids of the processes of this machine whose command line holds `mark`, but for this one. */
export function processesWith(mark: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(mark);
      } catch (error) {
        // The process ended between the listing and the reading.
        if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
          return false;
        throw error;
      }
    });
}
