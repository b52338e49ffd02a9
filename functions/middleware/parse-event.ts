import type { MiddlewareObj } from "@middy/core";
import * as z from "zod";

/** The event has not the shape that the function's contract says; calling again would not help. */
export class InvalidEventError extends Error {
  override readonly name = "InvalidEventError";
}

/** Replaces the event by what its contract makes of it. Throws `InvalidEventError`. */
export function parseEvent(schema: z.ZodType): MiddlewareObj {
  return {
    before: (request) => {
      const parsed = schema.safeParse(request.event);
      if (!parsed.success) {
        throw new InvalidEventError(z.prettifyError(parsed.error).replaceAll("\n", " "));
      }
      request.event = parsed.data;
    },
  };
}
