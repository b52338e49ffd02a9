import type { EndingSignal } from "./exit-code.ts";

/** One of the two streams that a command writes to. */
export interface OutputStream {
  write(text: string): void;
  /** Whether a person looks at it: then frames are redrawn in place. */
  readonly isTty: boolean;
  /** Size in character cells; only asked for when `isTty`. */
  size(): { readonly columns: number; readonly rows: number };
}

/** Everything of the process that a command touches, passed in so that tests need no process. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path; relative paths on the command line start here. */
  readonly cwd: string;
  readonly clock: CliClock;
  /** Calls `listener` at every SIGINT, SIGTERM and SIGHUP; answers a function that ends that. */
  onSignal(listener: (signal: EndingSignal) => void): () => void;
}

/** Time as a dependency of the command. */
export interface CliClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `callback` again and again; answers a function that ends that. Does not keep the process alive. */
  every(milliseconds: number, callback: () => void): () => void;
  /** Resolves after this time; keeps the process alive until then. */
  wait(milliseconds: number): Promise<void>;
}
