import { createHash } from "node:crypto";
import type { Json } from "../../compiler/index.ts";
import { formatGoLayout } from "./go-layout.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The value of `${{ random.<type> }}`: drawn from a seed, so that one place of one run has one value whenever it is
 * resolved. `undefined` where the type is unknown. Types: reference/erda.md 1.7 (`pkg/mock`).
 * `startedAt` (ms) stands for "now" in the types that are times.
 */
export function randomValue(type: string, seed: string, startedAt: number): Json | undefined {
  const draw = drawer(seed);
  const pick = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet.charAt(draw() % alphabet.length)).join("");
  switch (type) {
    case "string":
      return pick(LOWER + UPPER, 10);
    case "integer":
      return draw();
    case "float":
      return (draw() % 1_000_000) / 1000;
    case "boolean":
      return draw() % 2 === 1;
    case "upper":
      return pick(UPPER, 10);
    case "lower":
      return pick(LOWER, 10);
    case "letters":
      return pick(LOWER + UPPER, 10);
    case "digital_letters":
      return pick(LOWER + UPPER + DIGITS, 10);
    case "character":
      return pick(LOWER + UPPER, 1);
    case "mobile":
      return `1${pick("3456789", 1)}${pick(DIGITS, 9)}`;
    case "date":
      return new Date(startedAt).toISOString().slice(0, 10);
    case "date_day":
      return new Date(startedAt).toISOString().slice(8, 10);
    case "datetime":
      return new Date(startedAt).toISOString().slice(0, 19).replace("T", " ");
    case "datetime_hour":
      return new Date(startedAt).toISOString().slice(11, 13);
  }
  return integerOfLength(type, pick) ?? timestamp(type, startedAt) ?? customTime(type, startedAt);
}

/** `integer_<n>`: n digits, 1 to 18; beyond 15 digits as text, because a JSON number would lose its last digits. */
function integerOfLength(type: string, pick: (alphabet: string, length: number) => string): Json | undefined {
  const digits = Number(/^integer_([1-9][0-9]?)$/.exec(type)?.[1] ?? 0);
  if (digits < 1 || digits > 18) {
    return undefined;
  }
  const text = pick("123456789", 1) + pick(DIGITS, digits - 1);
  return digits <= 15 ? Number(text) : text;
}

/** `timestamp`, `timestamp_ms`, `timestamp_ns`, each also `_hour _after_hour _day _after_day`; nanoseconds as text. */
function timestamp(type: string, startedAt: number): Json | undefined {
  const match = /^timestamp(_ms|_ns)?(?:_(hour|after_hour|day|after_day))?$/.exec(type);
  if (match === null) {
    return undefined;
  }
  const shift = { hour: -HOUR, after_hour: HOUR, day: -DAY, after_day: DAY }[match[2] ?? ""] ?? 0;
  const milliseconds = startedAt + shift;
  switch (match[1]) {
    case "_ms":
      return milliseconds;
    case "_ns":
      return `${milliseconds}000000`;
    default:
      return Math.floor(milliseconds / 1000);
  }
}

/** `datetime_custom_<layout>`: the layout is one of Go, or the name of one. */
function customTime(type: string, startedAt: number): string | undefined {
  const layout = /^datetime_custom_(.+)$/.exec(type)?.[1];
  return layout === undefined ? undefined : formatGoLayout(layout, startedAt);
}

/** Draws 31-bit numbers: SHA-256 in counter mode over the seed. */
function drawer(seed: string): () => number {
  let counter = 0;
  return () => createHash("sha256").update(`${seed}\u0000${counter++}`).digest().readUInt32BE(0) & 0x7fffffff;
}
