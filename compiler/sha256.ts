import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { utf8Bytes } from "./utf8.ts";

/** SHA-256 of bytes, or of a text's UTF-8 bytes, as 64 lower-case hex digits. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash(typeof content === "string" ? utf8Bytes(content) : content);
}

/** Node's `process`, as far as it is used here. */
export interface NodeProcess {
  getBuiltinModule?(name: "node:crypto"): { readonly createHash: CreateHash } | undefined;
}

type CreateHash = (algorithm: "sha256") => {
  update(bytes: Uint8Array): { digest(encoding: "hex"): string };
};

/**
 * Node's own hash, eight times as fast as one in JavaScript, which would be a seventh of a compilation. Elsewhere, as
 * in a browser, and in Node before 20.16, there is only the latter.
 */
export function chooseHash(process: NodeProcess | undefined): (bytes: Uint8Array) => string {
  const createHash = process?.getBuiltinModule?.("node:crypto")?.createHash;
  if (!createHash) return (bytes) => bytesToHex(sha256(bytes));
  return (bytes) => createHash("sha256").update(bytes).digest("hex");
}

const hash = chooseHash(Reflect.get(globalThis, "process"));
