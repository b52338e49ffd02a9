const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Decodes standard or URL-safe base64 that holds UTF-8 text; `undefined` when it holds something else. */
export function decodeBase64(encoded: string): string | undefined {
  const digits = encoded.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  if (digits.length % 4 === 1) return undefined;
  let bits = 0;
  let bitCount = 0;
  let escaped = "";
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit);
    if (value === -1) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      escaped += `%${((bits >> bitCount) & 0xff).toString(16).padStart(2, "0")}`;
    }
  }
  try {
    // ECMAScript's own UTF-8 decoder: the compiler knows neither Buffer nor TextDecoder.
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
