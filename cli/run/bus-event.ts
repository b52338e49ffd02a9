import { z } from "zod";
import { EVENT_DETAIL_TYPES } from "../../functions/index.ts";
import type { ProgressEvent } from "./progress.ts";
import { isActionStatus, isRunStatus } from "./status-text.ts";

const busEvent = z.discriminatedUnion("detail-type", [
  z.object({
    "detail-type": z.literal(EVENT_DETAIL_TYPES.run),
    detail: z.object({ runId: z.string(), status: z.string().refine(isRunStatus), time: z.iso.datetime() }),
  }),
  z.object({
    "detail-type": z.literal(EVENT_DETAIL_TYPES.action),
    detail: z.object({
      runId: z.string(),
      action: z.string(),
      status: z.string().refine(isActionStatus),
      attempt: z.number(),
      reason: z.string().optional(),
      error: z.object({ message: z.string() }).optional(),
      time: z.iso.datetime(),
    }),
  }),
]);

/**
 * Reads an event of the installation's bus (`functions/events`). Undefined for events of other runs, of other kinds,
 * and of a shape that this version does not know: the view goes without, the record of the run is the truth.
 */
export function readBusEvent(event: unknown, runId: string): ProgressEvent | undefined {
  const parsed = busEvent.safeParse(event);
  if (!parsed.success || parsed.data.detail.runId !== runId) return undefined;
  const { data } = parsed;
  const at = Date.parse(data.detail.time);
  if (data["detail-type"] === EVENT_DETAIL_TYPES.run) return { kind: "run", status: data.detail.status, at };
  const { action, status, attempt, reason, error } = data.detail;
  const why = reason ?? error?.message;
  return { kind: "action", key: action, status, at, attempt, ...(why !== undefined && { reason: why }) };
}
