import { z } from "zod";
import { EVENT_DETAIL_TYPES } from "../../functions/index.ts";
import type { BusEvent } from "../../local/index.ts";
import { isRunStatus, RUN_LOOKS } from "../run/status-text.ts";
import { singleLine } from "../text/width.ts";

const runEvent = z.object({
  "detail-type": z.literal(EVENT_DETAIL_TYPES.run),
  detail: z.object({ runId: z.string(), name: z.string(), status: z.string().refine(isRunStatus) }),
});

/** One line about a run whose status has changed; `undefined` for any other event. */
export function runLine(event: BusEvent): string | undefined {
  const parsed = runEvent.safeParse(event);
  if (!parsed.success) return undefined;
  const { runId, name, status } = parsed.data.detail;
  const look = RUN_LOOKS[status];
  return `${look.sign} ${runId} ${singleLine(name)} ${look.words}`;
}
