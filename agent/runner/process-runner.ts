import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import type { Layout } from "../layout.ts";
import { PreparationError } from "../preparation-error.ts";
import { PROCESS_GROUP_FILE } from "../protocol.ts";
import type { RunningScripts, ScriptsEnd } from "./running-scripts.ts";

/** A daemon that left the process group may hold the pipes open; this long after the end they are closed from our side. */
const PIPE_GRACE_MILLISECONDS = 2000;

/**
 * Starts the scripts as a process group of their own. Its id stands in `<root>/process-group`, so that a host can end
 * it when the agent itself was killed. Rejects with `PreparationError` when they cannot be started.
 */
export async function startAsProcess(
  layout: Layout,
  entry: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningScripts> {
  const child = spawn("sh", [entry], {
    cwd: layout.root,
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const group = child.pid;
  const ended = new Promise<ScriptsEnd>((resolve) => {
    child.once("exit", (code, signal) => {
      if (group !== undefined) {
        signalGroup(group, "SIGKILL");
      }
      rmSync(join(layout.root, PROCESS_GROUP_FILE), { force: true });
      const closing = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, PIPE_GRACE_MILLISECONDS);
      child.once("close", () => clearTimeout(closing));
      resolve(signal === null ? { exitCode: code ?? 0 } : { exitCode: 128 + constants.signals[signal], signal });
    });
  });
  if (group === undefined) {
    const cause = await new Promise<Error>((resolve) => child.once("error", resolve));
    throw new PreparationError(`The scripts cannot be started: ${explain(cause)}`, { cause });
  }
  writeFileSync(join(layout.root, PROCESS_GROUP_FILE), `${group}\n${bootId()}\n`);
  return { stdout: child.stdout, stderr: child.stderr, ended, signal: (name) => signalGroup(group, name) };
}

function signalGroup(group: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-group, name);
  } catch {
    // Nothing is left in the group.
  }
}

function explain(cause: Error): string {
  const code = "code" in cause ? cause.code : undefined;
  return code === "E2BIG" ? "all environment variables together are larger than this system allows." : cause.message;
}

/** Tells this start of the machine from others, because process ids begin anew; empty where the system has none. */
function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
