import { utf8ToBytes } from "@noble/hashes/utils.js";

/** A global of every browser and of Node; the compiler is checked with the types of neither. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/** A text in UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  return utf8ToBytes(text);
}

/** The text of UTF-8 bytes. */
export function utf8Text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
