import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A server in a process of its own. */
export interface ListeningProgram {
  /** The port at which it listens. */
  readonly port: number;
  /** What it has written to stderr, for who wants to know why something failed. */
  log(): string;
  stop(): Promise<void>;
}

/** Enough to see why a server ended. */
const LARGEST_LOG_CHARACTERS = 1_000_000;

/**
 * Starts a program that prints `listening <port>`. It is told to end by the end of its standard input, which also comes
 * when this process is killed, and killed where it does not listen. Rejects with its log when it ends before it listens.
 */
export async function startListening(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ListeningProgram> {
  const child = spawn(command, args, { env: environment, stdio: ["pipe", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-LARGEST_LOG_CHARACTERS);
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    void ended.then(() => reject(new Error(`${command} ${args.join(" ")} ended before it listened.\n${log}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /^listening (\d+)$/.exec(line)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return { port, log: () => log, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  child.kill("SIGTERM");
  await ended;
}
