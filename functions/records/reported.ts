import * as z from "zod";
import { FAILURE_KINDS } from "../../agent/protocol.ts";

/** Why the scripts failed, as the agent reported it. */
export const failureAnalysis = z.object({
  kind: z.enum(FAILURE_KINDS),
  summary: z.string(),
  lines: z.array(z.string()).readonly(),
});

/** A file that an attempt has left in `UPLOADDIR`. */
export const storedFile = z.object({ name: z.string(), bytes: z.number(), objectKey: z.string() });
