import { createHash } from "node:crypto";
import jsonata from "jsonata";
import { randomFraction, randomUuid, seededFraction } from "../../randomness.ts";
import type { QueryEnvironment } from "../expression.ts";

/** `$hash` takes the algorithms of `States.Hash`. */
const HASH_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["MD5", "md5"],
  ["SHA-1", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
]);

/** Most elements of a `$range`, as with `States.ArrayRange`. */
const LARGEST_RANGE = 1000;

const formatMillis = jsonata("$fromMillis($millis, $picture, $timezone)");

/**
 * The functions that AWS adds to JSONata, and those of JSONata that look at the clock or throw dice, bound to ours.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html, section "JSONata functions provided by Step Functions"
 */
export function registerFunctions(expression: jsonata.Expression, environment: QueryEnvironment): void {
  const { now, random } = environment;
  expression.registerFunction("partition", partition, "<an:a>");
  expression.registerFunction("range", range, "<nnn:a>");
  expression.registerFunction("hash", hash, "<xs:s>");
  expression.registerFunction("parse", (text: string): unknown => JSON.parse(text), "<s:x>");
  expression.registerFunction("uuid", () => randomUuid(random), "<:s>");
  expression.registerFunction(
    "random",
    (seed?: number) => (seed === undefined ? randomFraction(random) : seededFraction(seed)),
    "<n?:n>",
  );
  expression.registerFunction("shuffle", (items: readonly unknown[]) => shuffle(items, random), "<a:a>");
  expression.registerFunction("millis", () => now(), "<:n>");
  expression.registerFunction(
    "now",
    (picture?: string, timezone?: string) => formatMillis.evaluate(undefined, { millis: now(), picture, timezone }),
    "<s?s?:s>",
  );
}

function partition(items: readonly unknown[], size: number): readonly unknown[] {
  if (!Number.isInteger(size) || size < 1) throw new Error("The size given to $partition must be a positive integer");
  const parts: unknown[] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

function range(first: number, last: number, step: number): readonly number[] {
  if (step === 0) throw new Error("The step given to $range must not be 0");
  const count = Math.floor((last - first) / step) + 1;
  if (count > LARGEST_RANGE) throw new Error(`$range makes at most ${LARGEST_RANGE} elements`);
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step);
}

function hash(content: unknown, algorithm: string): string {
  const name = HASH_ALGORITHMS.get(algorithm);
  if (name === undefined) {
    throw new Error(`$hash knows ${[...HASH_ALGORITHMS.keys()].join(", ")}, but not "${algorithm}"`);
  }
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return createHash(name).update(text).digest("hex");
}

/** Fisher and Yates. */
function shuffle(items: readonly unknown[], random: QueryEnvironment["random"]): readonly unknown[] {
  const shuffled: unknown[] = [];
  for (const item of items) {
    const place = Math.floor(randomFraction(random) * (shuffled.length + 1));
    if (place === shuffled.length) shuffled.push(item);
    else shuffled.push(...shuffled.splice(place, 1, item));
  }
  return shuffled;
}
