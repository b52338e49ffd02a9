import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { SEAL_BYTES } from "../agent/protocol.ts";

/** Encrypts a content with AES-256-GCM under a key of its own; `body` is nonce, ciphertext and tag. */
export function sealBytes(
  content: Uint8Array,
  random: (bytes: number) => Uint8Array = randomBytes,
): { readonly key: Uint8Array; readonly body: Buffer } {
  const key = random(32);
  const nonce = random(SEAL_BYTES.nonce);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return { key, body: Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]) };
}

/** Decrypts the body that `sealBytes` has made. Throws where it is another one, or the key is. */
export function unsealBytes(key: Uint8Array, body: Buffer): Buffer {
  const end = body.length - SEAL_BYTES.tag;
  const decipher = createDecipheriv("aes-256-gcm", key, body.subarray(0, SEAL_BYTES.nonce));
  decipher.setAuthTag(body.subarray(end));
  return Buffer.concat([decipher.update(body.subarray(SEAL_BYTES.nonce, end)), decipher.final()]);
}
