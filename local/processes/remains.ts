import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isOfAttempt, PRIVATE_FOLDERS, PROCESS_GROUP_FILE } from "../../agent/protocol.ts";
import { sendSignal } from "./send-signal.ts";

/**
 * Does what an agent does at its end, where it was killed before it could: kills its scripts and everything that they
 * have started, then removes what may hold a secret. Where the agent has ended by itself there is nothing to do.
 */
export function removeRemains(root: string): void {
  killScripts(root);
  for (const folder of PRIVATE_FOLDERS) {
    try {
      removeTree(join(root, folder));
    } catch {
      // Files of another user (`sudo` in a script): whoever made them has to remove them.
    }
  }
}

/** Removes also what scripts have protected: Go makes the directories of its module cache read-only. */
export function removeTree(path: string): void {
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  try {
    remove();
  } catch {
    execFileSync("chmod", ["-R", "u+rwX", path], { stdio: "ignore" });
    remove();
  }
}

function killScripts(root: string): void {
  const file = join(root, PROCESS_GROUP_FILE);
  const [group = "", boot = ""] = read(file).split("\n");
  // After a restart of the machine the number belongs to somebody else.
  if (/^[1-9]\d*$/.test(group) && Number(group) > 1 && boot === read("/proc/sys/kernel/random/boot_id").trim()) {
    sendSignal(-Number(group), "SIGKILL");
    killStrays(root);
  }
  // The number is used again some day: it must not be there when this is called once more.
  rmSync(file, { force: true });
}

/** Kills what has left the process group of the scripts, where the system shows environments (Linux). */
function killStrays(root: string): void {
  for (const name of list("/proc").filter((entry) => /^\d+$/.test(entry))) {
    if (isOfAttempt(read(`/proc/${name}/environ`), root)) {
      sendSignal(Number(name), "SIGKILL");
    }
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
