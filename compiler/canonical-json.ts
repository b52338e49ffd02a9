/**
 * JSON with the keys of every object sorted by UTF-16 code units, no spaces, and `undefined` left out: equal values
 * give equal bytes, so the text can be hashed. Accepts what `JSON.stringify` accepts without `toJSON`.
 */
export function canonicalJson(value: unknown): string {
  // Texts, not a sorted copy: of a plan of 10,000 actions a copy costs more in garbage than all the rest.
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${quote(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(",")}}`;
}

/** Anything but printable ASCII, and what JSON escapes of that. */
const NEEDS_ESCAPES = /[^ !#-[\]-~]/;

function quote(text: string): string {
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
