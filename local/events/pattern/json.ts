import type { Json } from "../../../compiler/index.ts";

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** `Array.isArray` does not narrow read-only arrays. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Neither a list nor `null`. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
