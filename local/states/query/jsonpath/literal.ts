import { isArray, isObject, type Json } from "../../document.ts";

/**
 * The key of a payload template that needs JSONPath (`"name.$"`), or undefined. States in the JSONPath language run as
 * long as nothing in them needs JSONPath: without it, both languages mean the same.
 */
export function firstPathKey(value: Json): string | undefined {
  if (isArray(value)) {
    for (const item of value) {
      const key = firstPathKey(item);
      if (key !== undefined) return key;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    if (key.endsWith(".$")) return key;
    const inner = firstPathKey(entry);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
