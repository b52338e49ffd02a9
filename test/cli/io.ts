import type { EndingSignal } from "../../cli/exit-code.ts";
import type { Io, OutputStream } from "../../cli/io.ts";

export interface RecordedIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
  /** Sends a signal to whoever listens; false when nobody does. */
  readonly send: (signal: EndingSignal) => boolean;
  /** Runs what was scheduled with `clock.every` once. */
  readonly tick: () => void;
}

/** The streams, clock and signals of a command, in memory. */
export function recordedIo(
  options: {
    readonly cwd?: string;
    readonly env?: Io["env"];
    readonly tty?: boolean;
    readonly now?: () => number;
  } = {},
): RecordedIo {
  const out = recordedStream(options.tty ?? false);
  const err = recordedStream(options.tty ?? false);
  const ticks = new Set<() => void>();
  const listeners = new Set<(signal: EndingSignal) => void>();
  return {
    stdout: out.stream,
    stderr: err.stream,
    out: out.text,
    err: err.text,
    env: options.env ?? {},
    cwd: options.cwd ?? "/nowhere",
    clock: {
      now: options.now ?? (() => Date.now()),
      every: (_milliseconds, callback) => {
        ticks.add(callback);
        return () => ticks.delete(callback);
      },
      // Whoever waits looks again at once.
      wait: () => new Promise((resolve) => setImmediate(resolve)),
    },
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (signal) => {
      for (const listener of listeners) listener(signal);
      return listeners.size > 0;
    },
    tick: () => {
      for (const tick of ticks) tick();
    },
  };
}

function recordedStream(isTty: boolean): { readonly stream: OutputStream; readonly text: () => string } {
  let text = "";
  return {
    stream: {
      write: (more) => {
        text += more;
      },
      isTty,
      size: () => ({ columns: 80, rows: 24 }),
    },
    text: () => text,
  };
}
