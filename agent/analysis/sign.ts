import type { FailureKind } from "../protocol.ts";

/** How much a sign says about why a build failed: of everything that is found in a log, the greatest weight counts. */
export const WEIGHTS = {
  /** Whatever else stands in the log is a consequence: the disk is full, the memory is used up. */
  system: 9,
  /** A compiler or a test names the place. */
  source: 8,
  /** A tool names its reason: a package that is not there, a host that cannot be reached. */
  tool: 7,
  /** A program ended by itself: an exception that nobody caught, a crash. */
  program: 6,
  /** A shell or a small command says what it could not do; scripts often go on after it. */
  command: 5,
  /** Looks like an error of a tool that is not known here, and a known tool said right behind it that something failed. */
  confirmed: 4,
  /** Says that something failed, and not what. */
  consequence: 3,
  /** Looks like an error, of a tool that is not known here. */
  unknown: 1,
  /** Has a word of failure; counts shortly before the end of the log, or before a consequence. */
  hint: 0.5,
  /** Says what is not, or is a command's own message; counts right before the end of the log, or before a consequence. */
  whisper: 0.25,
} as const;

/** One of `WEIGHTS`. */
export type Weight = (typeof WEIGHTS)[keyof typeof WEIGHTS];

/**
 * A line that tells why a build failed. Lines are tested one by one, without colours and cut at
 * `LONGEST_TESTED_CHARACTERS`; no pattern repeats a group that itself repeats, so a test is linear but for that bound.
 */
export interface Sign {
  readonly kind: FailureKind;
  readonly weight: Weight;
  readonly line: RegExp;
  /** Lines that look like it and say nothing. */
  readonly except?: RegExp;
  /** Lines before it that belong to it, at most `MOST_LINES_BEFORE`. Default 0. */
  readonly before?: number;
  /** Lines after it that belong to it. Default 0. */
  readonly after?: number;
  /**
   * The line only opens what is told: it ends with the first line that matches, which is the one that counts; of those
   * between, the last `after` are kept (a traceback ends with its exception).
   */
  readonly ends?: RegExp;
  /** Of the lines after it, the first that matches says more than the line itself: it is the headline. */
  readonly tells?: RegExp;
}

/** What one tool, or a family of them, writes when it fails. */
export type PatternFamily = readonly Sign[];

/** Longer lines are cut before they are tested and shown. */
export const LONGEST_TESTED_CHARACTERS = 400;
/** Most lines that a sign may take from before it. */
export const MOST_LINES_BEFORE = 3;
