import { isArray, type Json } from "../document.ts";
import type { RandomBytes } from "../randomness.ts";

/** What a task token leads to. */
export interface TaskAddress {
  readonly executionArn: string;
  readonly frame: number;
  readonly task: number;
}

/** Random bits of a token: 128, so that nobody guesses one from the address in it. */
const SECRET_BYTES = 16;

/**
 * A token for a task. It carries the address of its task, so that an answer finds its execution without a table, also
 * after a restart; the execution keeps the token to compare. At most some 400 characters; AWS allows 1,024.
 */
export function createToken(address: TaskAddress, random: RandomBytes): string {
  const secret = Buffer.from(random(SECRET_BYTES)).toString("base64url");
  return Buffer.from(JSON.stringify([address.executionArn, address.frame, address.task, secret])).toString("base64url");
}

/** The address in a token, or undefined for a text that is no token. */
export function readToken(token: string): TaskAddress | undefined {
  const parts = parseParts(Buffer.from(token, "base64url").toString("utf8"));
  if (!isArray(parts)) return undefined;
  const [executionArn, frame, task] = parts;
  if (typeof executionArn !== "string" || typeof frame !== "number" || typeof task !== "number") return undefined;
  return { executionArn, frame, task };
}

function parseParts(text: string): Json | undefined {
  try {
    const parts: Json = JSON.parse(text);
    return parts;
  } catch {
    return undefined;
  }
}
