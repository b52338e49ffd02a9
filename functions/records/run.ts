import * as z from "zod";
import { LISTED_INDEXES } from "../contract.ts";
import type { Runtime } from "../runtime.ts";
import { absent, type Condition, present } from "./condition.ts";
import { runKey } from "./keys.ts";
import { LISTED, listedAtOf } from "./listed-run.ts";
import { RUN_STATUSES } from "./statuses.ts";
import { getItem, type Item, type ItemChange, putItem, updateItem } from "./table.ts";

const runRecord = z.object({
  runId: z.string(),
  pipeline: z.string(),
  name: z.string(),
  /** Fixed when the item is made: a later deployment does not change a run that is under way. */
  planHash: z.string(),
  status: z.enum(RUN_STATUSES),
  executionArn: z.string(),
  /** The machine, or the version of one, that the run was submitted for. */
  stateMachineArn: z.string().optional(),
  /** SHA-256 (hex) of what was submitted; where the run's id is the caller's, the same again is the same run. */
  contentHash: z.string().optional(),
  /** Highest redrive count of the execution that was heard of. */
  redrive: z.number(),
  /** The execution of this and of every lower redrive count has ended: no attempt of them may begin. */
  stoppedRedrive: z.number().optional(),
  /** Values that were given; defaults are resolved where they are read. */
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Params of which the text is too long for this item, by name: the objects that hold them. */
  largeParams: z.record(z.string(), z.string()).optional(),
  envs: z.record(z.string(), z.string()),
  /** JSON text of what started the run. */
  trigger: z.string().optional(),
  /** Random text from which `${{ random.* }}` draws, so that the same place has the same value whenever it is resolved. */
  seed: z.string(),
  /** ISO 8601, as every time that people read. */
  createdAt: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  error: z.object({ name: z.string(), cause: z.string() }).optional(),
});

/** One execution of a pipeline. */
export type RunRecord = Readonly<z.infer<typeof runRecord>>;

/** `living` of runs in the index that `sweep` reads. */
export const LIVING_RUN = "run";

/** The type of a run's item; throws where it has another shape. */
export function parseRun(item: Item): RunRecord {
  return runRecord.parse(item);
}

/** Reads a run; `undefined` where nobody has recorded it. */
export async function readRunRecord(runtime: Runtime, runId: string): Promise<RunRecord | undefined> {
  const item = await getItem(runtime, runKey(runId));
  return item && parseRun(item);
}

/** Makes the run's item; answers false where it exists. */
export function createRunRecord(runtime: Runtime, run: RunRecord, checkAt: number): Promise<boolean> {
  const listing = { [LISTED_INDEXES.all.key]: LISTED, listedAt: listedAtOf(run) };
  return putItem(runtime, { ...runKey(run.runId), ...run, ...listing, living: LIVING_RUN, checkAt }, absent("pk"));
}

/** Changes a run under a condition; answers the new record, or `undefined` where the condition does not hold. */
export async function changeRun(
  runtime: Runtime,
  runId: string,
  change: ItemChange,
  condition: Condition = present("pk"),
): Promise<RunRecord | undefined> {
  const item = await updateItem(runtime, runKey(runId), change, condition);
  return item && parseRun(item);
}
