import type { Readable } from "node:stream";

/** The scripts of the attempt while they run, wherever that is. */
export interface RunningScripts {
  /** What they print, stdout and stderr through one pipe: two would lose the order in which lines were written. */
  readonly output: Readable;
  /** When they have begun: in a container, when its image is there. Their running time counts from here. */
  readonly begun: Promise<void>;
  /** When they have ended and everything that they had started was killed. */
  readonly ended: Promise<ScriptsEnd>;
  /** Sends a signal to the scripts and everything that they have started. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
}

/** How the scripts ended. */
export interface ScriptsEnd {
  /** 128 and the number of the signal, as a shell reports it, where a signal ended them. */
  readonly exitCode: number;
  readonly signal?: string;
  /** Why they never began; `exitCode` is then that of a command that could not be run, 127. */
  readonly neverBegun?: string;
}
