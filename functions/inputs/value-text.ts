import type { Json } from "../../compiler/index.ts";

/** A value as the text of an environment variable: null is empty, lists and maps are JSON. Source: reference/erda.md 1.5. */
export function valueText(value: Json): string {
  if (value === null) {
    return "";
  }
  if (typeof value === "number" && Number.isInteger(value)) {
    // No exponent: 1e21 would reach a script as a text that it cannot count with.
    return BigInt(value).toString();
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
