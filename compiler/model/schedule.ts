import type { Cron } from "../cron/cron.ts";
import type { Located } from "../source/span.ts";

/**
 * What a time of `cron` does while a run of the pipeline is under way: start none, cancel that one and start another, or
 * start another beside it.
 */
export const OVERLAP_POLICIES = ["forbid", "replace", "allow"] as const;

/** What a time of `cron` does while a run of the pipeline is under way. */
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

/** Erda's: it has one running run of a pipeline (reference/erda.md 6.1). */
export const DEFAULT_OVERLAP: OverlapPolicy = "forbid";

/** When runs of a pipeline start by themselves. */
export interface Schedule {
  readonly cron: Located<Cron>;
  /** As written, without white space around it. */
  readonly text: string;
  /** Of the IANA database. */
  readonly timezone: string;
  readonly overlap: OverlapPolicy;
}
