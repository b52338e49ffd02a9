import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { delay } from "../delay.ts";
import type { Layout } from "../layout.ts";
import { PreparationError } from "../preparation-error.ts";
import { PROCESS_GROUP_FILE } from "../protocol.ts";
import { isGroupRunning, signalGroup } from "./process-group.ts";
import type { RunningScripts, ScriptsEnd } from "./running-scripts.ts";
import { killStrays } from "./strays.ts";

/** A daemon that left the process group may hold the pipe open; this long after the end it is closed from our side. */
const PIPE_GRACE_MILLISECONDS = 2000;

/** How often a group that was asked to end is looked at. */
const GROUP_POLL_MILLISECONDS = 20;

/**
 * Starts the scripts as a process group of their own. Its id stands in `<root>/process-group`, so that a host can end
 * it when the agent itself was killed. Rejects with `PreparationError` when they cannot be started.
 */
export async function startAsProcess(
  layout: Layout,
  entry: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningScripts> {
  const child = spawn("sh", ["-c", 'exec sh "$0" 2>&1', entry], {
    cwd: layout.root,
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const group = child.pid;
  let sent: "SIGTERM" | "SIGKILL" | undefined;
  const ended = new Promise<ScriptsEnd>((resolve) => {
    child.once("exit", async (code, signal) => {
      if (group !== undefined) {
        // Asked to end, a shell does so at once; what it had started has the same time to clean up.
        while (sent === "SIGTERM" && isGroupRunning(group)) {
          await delay(GROUP_POLL_MILLISECONDS);
        }
        signalGroup(group, "SIGKILL");
      }
      killStrays(layout.root);
      rmSync(join(layout.root, PROCESS_GROUP_FILE), { force: true });
      const closing = setTimeout(() => child.stdout.destroy(), PIPE_GRACE_MILLISECONDS);
      child.once("close", () => clearTimeout(closing));
      resolve(signal === null ? { exitCode: code ?? 0 } : { exitCode: 128 + constants.signals[signal], signal });
    });
  });
  if (group === undefined) {
    const cause = await new Promise<Error>((resolve) => child.once("error", resolve));
    throw new PreparationError(`The scripts cannot be started: ${explain(cause)}`, { cause });
  }
  writeFileSync(join(layout.root, PROCESS_GROUP_FILE), `${group}\n${bootId()}\n`);
  return {
    output: child.stdout,
    begun: Promise.resolve(),
    ended,
    signal(name) {
      sent = name;
      signalGroup(group, name);
    },
  };
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
