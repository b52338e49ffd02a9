import type { RunProgress } from "./progress.ts";

/** Shows a run while it goes on. Both views write to stderr: stdout is for the result. */
export interface ProgressView {
  /** Called after every change. */
  update(progress: RunProgress): void;
  /** A line that an action wrote. */
  logLine(action: { readonly alias: string }, text: string): void;
  /** A sentence to the person who waits. */
  notice(text: string): void;
  /** The last state; nothing is drawn after it. */
  finish(progress: RunProgress): void;
  /** Gives the terminal back; for a run that ends with an error of ours. Idempotent, also after `finish`. */
  close(): void;
}
