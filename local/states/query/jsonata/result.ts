import type { Json } from "../../document.ts";

/** The expression answered a function, a regular expression or a number that JSON does not have. */
export class UnsupportedResultError extends Error {}

/**
 * Plain JSON of what JSONata answered, or undefined for nothing. JSONata marks the arrays that it makes (sequence,
 * cons), and the marks would change how a later expression flattens them: on AWS nothing but JSON gets from one state
 * to the next.
 */
export function resultOf(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  return toJson(value);
}

function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw new UnsupportedResultError();
  }
  if (Array.isArray(value)) return value.map((item) => toJson(item === undefined ? null : item));
  if (typeof value !== "object" || isFunction(value)) throw new UnsupportedResultError();
  const entries: [string, Json][] = [];
  for (const [key, entry] of Object.entries(value)) {
    // An undefined value of an object constructor is dropped, as JSONata does.
    if (entry !== undefined) entries.push([key, toJson(entry)]);
  }
  return Object.fromEntries(entries);
}

/** JSONata's functions and lambdas are objects with these marks. */
function isFunction(value: object): boolean {
  return "_jsonata_function" in value || "_jsonata_lambda" in value;
}
