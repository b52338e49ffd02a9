import type { OutputEntry } from "../protocol.ts";

/**
 * An output with its secrets masked, also inside of JSON and in its name: outputs are recorded, printed and read by
 * others. Answers `entry` itself when there is nothing to mask. An action that needs a secret refers to it.
 */
export function maskOutput(entry: OutputEntry, mask: (text: string) => string): OutputEntry {
  const masked = { name: mask(entry.name), value: maskValue(entry.value, mask) };
  return masked.name === entry.name && masked.value === entry.value ? entry : masked;
}

/** Answers `value` itself when there is nothing to mask in it. */
function maskValue(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") {
    return mask(value);
  }
  if (typeof value === "number") {
    // A PIN in JSON may stand without quotes.
    const text = String(value);
    const masked = mask(text);
    return masked === text ? value : masked;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => maskValue(item, mask));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const before = Object.entries(value);
  const after = before.map(([key, member]) => [mask(key), maskValue(member, mask)] as const);
  const isSame = after.every(([key, member], index) => key === before[index]?.[0] && member === before[index]?.[1]);
  return isSame ? value : Object.fromEntries(after);
}
