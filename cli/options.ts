import { Option } from "commander";
import { UsageError } from "./usage-error.ts";

/** An option that may be given several times; its value is the list of what was given. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`).argParser(collect).default([]);
}

/** For commander: collects a repeatable option in the order in which it was given. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

/** One `k=v` of the command line. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/**
 * Reads `k=v`; the value may hold further `=` and may be empty. Without `=`, with an empty key or with a key that was
 * given before it is a `UsageError`. The message does not repeat the value.
 */
export function readKeyValues(option: string, texts: readonly string[]): readonly KeyValue[] {
  const seen = new Set<string>();
  return texts.map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError(`${option} wants NAME=VALUE.`, `Write for example ${option} name=value.`);
    const key = text.slice(0, at);
    if (seen.has(key)) throw new UsageError(`${option} ${key} was given twice.`, "Keep one of the two.");
    seen.add(key);
    return { key, value: text.slice(at + 1) };
  });
}
