/** Exit codes of the `sluice` command. Source: house style, "Command line". */
export const EXIT = {
  ok: 0,
  /** The pipeline is wrong, or its run failed. */
  failed: 1,
  /** Wrong usage: an unknown flag, a file that cannot be read, an environment variable that is not set. */
  usage: 2,
  /** A call to an installation failed: it cannot be reached, it refuses the caller, AWS did not answer. */
  aws: 3,
  /** A bug of ours (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;

/** Signals that end a run, with the exit code that a shell gives to a process that died of them (128 + number). */
export const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A signal that ends a run. */
export type EndingSignal = keyof typeof SIGNAL_EXIT;
