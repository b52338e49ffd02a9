import * as z from "zod";
import { EXPIRY_ATTRIBUTE } from "../contract.ts";
import type { Runtime } from "../runtime.ts";
import { absent } from "./condition.ts";
import type { ItemKey } from "./keys.ts";
import { getItem, putItem, queryNewestItems } from "./table.ts";

const tickRecord = z.object({
  /** The time that was meant, ISO 8601. */
  scheduledTime: z.string(),
  /** When it was decided. */
  decidedAt: z.string(),
  outcome: z.enum(["started", "skipped"]),
  runId: z.string().optional(),
  /** Why no run was started. */
  reason: z.string().optional(),
});

/** What became of one time of a pipeline's `cron`. */
export type TickRecord = Readonly<z.infer<typeof tickRecord>>;

/** The ledger is for people and for deliveries that come again (within hours): a month is enough. */
const KEPT_SECONDS = 30 * 24 * 3600;

const TICK = "tick#";

function tickPartition(pipeline: string): string {
  return `pipeline#${pipeline}`;
}

function tickKey(pipeline: string, scheduledTime: string): ItemKey {
  return { pk: tickPartition(pipeline), sk: `${TICK}${scheduledTime}` };
}

/** What became of a time; `undefined` where nobody has decided yet. */
export async function readTick(
  runtime: Runtime,
  pipeline: string,
  scheduledTime: string,
): Promise<TickRecord | undefined> {
  const item = await getItem(runtime, tickKey(pipeline, scheduledTime));
  return item && tickRecord.parse(item);
}

/** Records what became of a time; answers false where that was recorded before. */
export function createTick(runtime: Runtime, pipeline: string, tick: TickRecord): Promise<boolean> {
  const expiry = Math.floor(Date.parse(tick.decidedAt) / 1000) + KEPT_SECONDS;
  return putItem(
    runtime,
    { ...tickKey(pipeline, tick.scheduledTime), ...tick, [EXPIRY_ATTRIBUTE]: expiry },
    absent("pk"),
  );
}

/** The latest ticks of a pipeline, the newest first. */
export async function queryTicks(runtime: Runtime, pipeline: string, limit: number): Promise<readonly TickRecord[]> {
  const items = await queryNewestItems(runtime, tickPartition(pipeline), TICK, limit);
  return items.map((item) => tickRecord.parse(item));
}
