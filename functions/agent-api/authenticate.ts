import { credentialHash, isCredential } from "../attempts/credentials.ts";
import { type AttemptRecord, readAttempt } from "../records/attempt.ts";
import { type AttemptName, parseAttemptId } from "../records/keys.ts";
import type { Runtime } from "../runtime.ts";
import type { AgentApiEvent } from "./contract.ts";
import { HttpProblem } from "./http-problem.ts";

/** Compared with where there is no attempt, so that the answer takes as long. */
const NO_ATTEMPT = credentialHash("");

/** The attempt that a path names. */
export function attemptOfPath(attemptId: string): AttemptName {
  const name = parseAttemptId(attemptId);
  if (name === undefined) {
    throw new HttpProblem(404, `There is no attempt "${attemptId}".`);
  }
  return name;
}

/** The attempt whose secret the caller has. Throws 401; it does not say whether there is such an attempt. */
export async function authenticate(runtime: Runtime, event: AgentApiEvent, name: AttemptName): Promise<AttemptRecord> {
  const header = Object.entries(event.headers).find(([key]) => key.toLowerCase() === "authorization")?.[1];
  const secret = /^Bearer ([A-Za-z0-9_-]{1,256})$/i.exec(header ?? "")?.[1] ?? "";
  const attempt = await readAttempt(runtime, name);
  const isRight = isCredential(secret, [attempt?.secretHash ?? NO_ATTEMPT]);
  if (attempt?.secretHash === undefined || !isRight || secret === "") {
    throw new HttpProblem(401, "The secret is not the one of this attempt.");
  }
  return attempt;
}

/** Refuses calls that make no sense after the end. */
export function refuseEnded(attempt: AttemptRecord): void {
  if (attempt.end !== undefined) {
    throw new HttpProblem(409, "The attempt has ended.");
  }
}
