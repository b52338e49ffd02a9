import { createDecipheriv } from "node:crypto";
import { type TransferOptions, transfer } from "./archive/transfer.ts";
import { type Assignment, SEAL_BYTES, type SealedAssignment } from "./protocol.ts";

/** Downloads and decrypts an assignment that was too large for the answer. Rejects where it is not the one that was sealed. */
export async function openAssignment(
  { url, keyBase64 }: SealedAssignment,
  options: TransferOptions & { readonly fetch: typeof fetch },
): Promise<Assignment> {
  let sealed = Buffer.alloc(0);
  await transfer("download", options, async () => {
    const response = await options.fetch(url, { signal: options.signal });
    sealed = Buffer.from(await response.arrayBuffer());
    return response;
  });
  const end = sealed.length - SEAL_BYTES.tag;
  const key = Buffer.from(keyBase64, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, SEAL_BYTES.nonce));
  decipher.setAuthTag(sealed.subarray(end));
  const text = Buffer.concat([decipher.update(sealed.subarray(SEAL_BYTES.nonce, end)), decipher.final()]);
  // The protocol's types are the contract with agent-api, as they are for its answers.
  return JSON.parse(text.toString("utf8")) as Assignment;
}
