import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends the commands by which a process that was killed had followed the logs of these containers: podman's go on for ever
 * where a container is removed under them.
 */
export function endFollowers(containers: readonly string[]): void {
  const gone = new Set(containers);
  for (const pid of list("/proc").filter((name) => /^\d+$/.test(name))) {
    const [, verb, option, name = ""] = read(`/proc/${pid}/cmdline`).split("\0");
    if (verb !== "logs" || option !== "--follow" || !gone.has(name)) continue;
    try {
      process.kill(Number(pid));
    } catch {
      // It has ended meanwhile, or is another user's.
    }
  }
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
