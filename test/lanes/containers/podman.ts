import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";

/** Images that `scripts/lanes/images.sh` builds. */
export const IMAGES = { agent: "localhost/sluice-agent:dev", base: "localhost/sluice-base:dev" } as const;

/** Runs podman; answers what it prints. */
export function podman(...args: readonly string[]): string {
  return execFileSync("podman", args, { encoding: "utf8" });
}

/** Names of everything on this machine that Sluice has made and that belongs to this process, or to `pid`. */
export function leftovers(pid = process.pid): readonly string[] {
  const of = (...list: readonly string[]) =>
    podman(...list, "--filter=label=sluice.owner", `--format={{index .Labels "sluice.owner"}}`)
      .split("\n")
      .filter((owner) => owner.split("_")[2] === String(pid));
  return [...of("ps", "--all"), ...of("volume", "ls")];
}

/** Names of the containers of a process. */
export function containersOf(pid: number | undefined): readonly string[] {
  return podman("ps", "--all", "--filter=label=sluice.owner", `--format={{.Names}} {{index .Labels "sluice.owner"}}`)
    .split("\n")
    .filter((line) => line.split("_")[2] === String(pid))
    .map((line) => line.split(" ")[0] ?? "");
}

/** Commands on this machine that follow the log of one of these containers. */
export function followersOf(containers: readonly string[]): readonly string[] {
  return globSync("/proc/[0-9]*/cmdline")
    .map((path) => {
      try {
        return readFileSync(path, "utf8").split("\0").slice(0, 4).join(" ");
      } catch {
        return ""; // It has ended meanwhile.
      }
    })
    .filter((command) => containers.some((name) => command === `podman logs --follow ${name}`));
}
