import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { type EndingSignal, EXIT } from "./exit-code.ts";
import type { Io, OutputStream } from "./io.ts";

// Binds `main` to this process. Nothing else stands here, so that tests can do without a process.

// `run` loads some thousand modules; compiled before, they take half the time (0.6 s to 0.3 s measured). In the
// user's own cache, because what lies in a shared directory could be another user's.
enableCompileCache(join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sluice", "node"));
const { main } = await import("./program.ts");

const SIGNALS: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** What could not be written: a full disk. */
let lost: NodeJS.ErrnoException | undefined;

function bind(stream: NodeJS.WriteStream): OutputStream {
  // A reader that went away (`sluice … | head`) is no bug of ours: what is written from then on goes nowhere.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") lost ??= error;
  });
  return {
    write: (text) => void stream.write(text),
    isTty: stream.isTTY === true,
    size: () => ({ columns: stream.columns ?? 80, rows: stream.rows ?? 24 }),
  };
}

const io: Io = {
  stdout: bind(process.stdout),
  stderr: bind(process.stderr),
  env: process.env,
  cwd: process.cwd(),
  clock: {
    now: () => Date.now(),
    every: (milliseconds, callback) => {
      const timer = setInterval(callback, milliseconds).unref();
      return () => clearInterval(timer);
    },
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  },
  onSignal: (listener) => {
    for (const signal of SIGNALS) process.on(signal, listener);
    return () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    };
  },
};

const code = await main(process.argv.slice(2), io);
// Whatever a library keeps open (keep-alive sockets, timers) must not keep the command alive; pipes are flushed first.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))));
if (lost !== undefined) process.stderr.write(`error: The output could not be written (${lost.message}).\n`);
process.exit(lost === undefined ? code : EXIT.usage);
