import type { z } from "zod";
import { ApiProblem } from "./problem.ts";

/** A place in a list as a caller keeps it. */
export function writeToken(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place that an answer has named. Throws `ApiProblem` for a text that no answer has. */
export function readToken<Place>(token: string, schema: z.ZodType<Place>): Place {
  const parsed = schema.safeParse(parse(token));
  if (!parsed.success) {
    const problem = '"after" is not what an answer has named as "next". Leave it away to begin at the beginning.';
    throw new ApiProblem("invalid-request", problem, { problems: [problem] });
  }
  return parsed.data;
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
