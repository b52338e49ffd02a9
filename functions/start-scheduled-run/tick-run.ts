import { createHash } from "node:crypto";

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
/** 50 bits: enough to tell the pipelines of one second apart. */
const SUFFIX_CHARACTERS = 10;

/** What the run of a tick is called, and what makes a submission of it the same. */
export interface TickRun {
  readonly runId: string;
  readonly contentHash: string;
}

/**
 * The run of one time of one pipeline: the same however often the tick is delivered, and whichever of two schedules
 * brings it. Sorts by time, as any run's id does.
 */
export function tickRunOf(pipeline: string, scheduledAt: number): TickRun {
  const time = new Date(scheduledAt).toISOString();
  const hash = createHash("sha256").update(`${pipeline}\n${time}`).digest();
  const suffix = [...hash.subarray(0, SUFFIX_CHARACTERS)].map((byte) => BASE32.charAt(byte % BASE32.length)).join("");
  const stamp = time.slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return { runId: `${stamp}-${suffix}`, contentHash: hash.toString("hex") };
}
