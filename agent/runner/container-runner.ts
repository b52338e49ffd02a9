import { execFile, spawn } from "node:child_process";
import { constants, existsSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { constants as system } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { delay } from "../delay.ts";
import type { Layout } from "../layout.ts";
import { EXCHANGE } from "../protocol.ts";
import type { RunningScripts, ScriptsEnd } from "./running-scripts.ts";

/** The wrapper in `main` writes the exit code right after the pipe is closed; without it by then, it was killed. */
const EXIT_CODE_MILLISECONDS = 2000;
const POLL_MILLISECONDS = 50;
/** A shell's exit code for a command that it cannot run. */
const NOT_RUN = 127;

/**
 * Lets the scripts run in the container `main`, whose wrapper (`actions/executors/ecs/main-wrapper.ts`) waits on the
 * shared volume. `mainStopped` resolves when the container itself has ended, with its exit code where one is known.
 */
export async function startInContainer(
  layout: Layout,
  mainStopped: Promise<number | undefined>,
): Promise<RunningScripts> {
  const path = (name: keyof typeof EXCHANGE) => join(layout.root, EXCHANGE[name]);
  for (const pipe of ["control", "output"] as const) {
    await promisify(execFile)("mkfifo", [path(pipe)]);
    await chmod(path(pipe), 0o666);
  }
  // Open for both directions, a pipe blocks neither side while the other is not there yet.
  const control = openSync(path("control"), constants.O_RDWR);
  // `cat` waits for the writer and ends with it; opening a pipe in this process would take a thread until then.
  const output = spawn("cat", [path("output")], { stdio: ["ignore", "pipe", "inherit"] });
  writeFileSync(path("ready"), "");
  const pipeClosed = new Promise<void>((resolve) => output.once("close", () => resolve()));
  const ended = (async (): Promise<ScriptsEnd> => {
    const stopped = await Promise.race([pipeClosed.then(() => undefined), mainStopped.then((code) => ({ code }))]);
    const written = await exitCode(path("exit"), stopped === undefined ? EXIT_CODE_MILLISECONDS : 0);
    output.kill();
    const code = written ?? stopped?.code;
    if (code === undefined) {
      return existsSync(path("begun")) ? { exitCode: 128 + system.signals.SIGKILL, signal: "SIGKILL" } : NEVER_BEGUN;
    }
    return code > 128 ? { exitCode: code, ...signalOf(code) } : { exitCode: code };
  })();
  let hasEnded = false;
  void ended.finally(() => {
    hasEnded = true;
  });
  const begun = (async () => {
    while (!hasEnded && !existsSync(path("begun"))) await delay(POLL_MILLISECONDS);
  })();
  return {
    output: output.stdout,
    begun,
    ended,
    signal: (name) => void writeSync(control, `${name.slice("SIG".length)}\n`),
  };
}

/** ECS knows an exit code of whatever ran; the wrapper says that it begins before anything else does. */
const NEVER_BEGUN: ScriptsEnd = {
  exitCode: NOT_RUN,
  neverBegun: 'The container "main" never ran: its image has no "/bin/sh", or it could not be started.',
};

async function exitCode(path: string, waitMilliseconds: number): Promise<number | undefined> {
  for (let waited = 0; ; waited += POLL_MILLISECONDS) {
    const code = readExitCode(path);
    if (code !== undefined || waited >= waitMilliseconds) {
      return code;
    }
    await delay(POLL_MILLISECONDS);
  }
}

function readExitCode(path: string): number | undefined {
  try {
    const text = readFileSync(path, "utf8");
    return /^\d+\n$/.test(text) ? Number.parseInt(text, 10) : undefined;
  } catch {
    return undefined;
  }
}

function signalOf(exitCode: number): { readonly signal?: string } {
  const name = Object.entries(system.signals).find(([, number]) => number === exitCode - 128)?.[0];
  return name === undefined ? {} : { signal: name };
}
