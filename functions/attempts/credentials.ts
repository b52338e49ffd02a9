import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * What an attempt's agent is started with and exchanges once for its secret. Derived from the task token, so that two
 * calls with one token start the same thing; the token cannot be found from it.
 */
export function nonceOf(token: string, attemptId: string): string {
  return createHmac("sha256", token).update(`sluice-nonce:${attemptId}`).digest("base64url");
}

/** How nonces and secrets are kept. Both have 256 random bits, so a plain hash is enough. */
export function credentialHash(credential: string): string {
  return createHash("sha256").update(credential).digest("base64url");
}

/** Whether the credential is one of those that are kept; takes the same time whichever it is. */
export function isCredential(credential: string, hashes: Iterable<string>): boolean {
  const given = Buffer.from(credentialHash(credential));
  let found = false;
  for (const hash of hashes) {
    const kept = Buffer.from(hash);
    found = (kept.length === given.length && timingSafeEqual(kept, given)) || found;
  }
  return found;
}
