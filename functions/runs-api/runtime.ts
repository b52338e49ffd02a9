import type { AttemptLog } from "../../actions/index.ts";
import type { CompileContext } from "../../compiler/index.ts";
import type { MachineRuntime } from "../machines/ensure-machine.ts";

/** What `runs-api` reaches beside what every function does. */
export interface RunsApiRuntime extends MachineRuntime {
  /** What the compiler must know of this installation, as it is now. */
  readonly compileContext: () => Promise<CompileContext>;
  readonly logs: AttemptLogs;
}

/** An attempt whose log is read. */
export interface LoggedAttempt {
  readonly runId: string;
  readonly actionKey: string;
  /** 1-based. */
  readonly attempt: number;
  /** It writes no more: a last line without a line feed is one. */
  readonly hasEnded: boolean;
  /** Where its executor says that it is. */
  readonly log?: AttemptLog | undefined;
}

/** A part of a log. */
export interface LogLines {
  readonly lines: readonly { readonly text: string; readonly time?: string }[];
  /** Where to read on; of the caller's making only in that it comes back. */
  readonly next: string;
  /** Nothing was behind these lines when they were read. */
  readonly isAtEnd: boolean;
}

/** The logs of attempts, wherever they are kept. */
export interface AttemptLogs {
  /** Seconds after the end of an attempt in which lines of it may still arrive. */
  readonly delaySeconds: number;
  /** Reads at most `limit` lines behind a place that an earlier call has answered, or from the beginning. */
  read(attempt: LoggedAttempt, after: string | undefined, limit: number): Promise<LogLines>;
}
