import * as z from "zod";
import { LISTED_INDEXES } from "../contract.ts";
import type { Runtime } from "../runtime.ts";
import { runKey } from "./keys.ts";
import { RUN_STATUSES } from "./statuses.ts";
import { queryNewest } from "./table.ts";

const listedRun = z.object({
  runId: z.string(),
  pipeline: z.string(),
  name: z.string(),
  status: z.enum(RUN_STATUSES),
  createdAt: z.string(),
  startedAt: z.string().exactOptional(),
  endedAt: z.string().exactOptional(),
  /** JSON text of what started the run. */
  trigger: z.string().exactOptional(),
});

/** What a list shows of a run. */
export type ListedRun = Readonly<z.infer<typeof listedRun>>;

/** Where a list goes on: behind this run. */
export type ListedPlace = Pick<ListedRun, "runId" | "createdAt">;

/** The one partition of the index of all runs: no other item has the attribute. */
export const LISTED = "run";

/** Sort key of a run in the indexes: when it was made (ISO 8601, which sorts), and its id. */
export function listedAtOf({ createdAt, runId }: Pick<ListedRun, "createdAt" | "runId">): string {
  return `${createdAt}#${runId}`;
}

/** Reads one page of all runs, or of a pipeline's, the newest first. The indexes follow the table within a second or so. */
export async function queryListedRuns(
  runtime: Runtime,
  pipeline: string | undefined,
  limit: number,
  after: ListedPlace | undefined,
): Promise<{ readonly runs: readonly ListedRun[]; readonly hasMore: boolean }> {
  const index = pipeline === undefined ? LISTED_INDEXES.all : LISTED_INDEXES.ofPipeline;
  const partition = pipeline ?? LISTED;
  const before = after && { ...runKey(after.runId), [index.key]: partition, listedAt: listedAtOf(after) };
  const { items, hasMore } = await queryNewest(runtime, index, partition, limit, before);
  return { runs: items.map((item) => listedRun.parse(item)), hasMore };
}
