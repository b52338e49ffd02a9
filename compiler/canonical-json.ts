/**
 * JSON with the keys of every object sorted by UTF-16 code units, no spaces, and `undefined` left out: equal values
 * give equal bytes, so the text can be hashed. Accepts what `JSON.stringify` accepts without `toJSON`.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // fromEntries defines own properties, so a key "__proto__" stays a key.
  return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]));
}
