import { sha256Hex } from "../sha256.ts";

/** Longest key. With run id and attempt number it must stay a legal file name and part of an attempt id. */
export const LONGEST_NAME_KEY = 60;

/**
 * Gives every distinct name of a pipeline (aliases and namespaces together) a key of `[A-Za-z0-9_-]`, at most
 * `LONGEST_NAME_KEY` characters, that is safe in payloads, DynamoDB keys, S3 keys and as a file name. A name that already
 * is such a key keeps it; any other gets `-<8 hex of its SHA-256>`. Keys differ in more than case, because some disks
 * do not tell case apart, and do not depend on the order of the names (short of a collision of the hashes).
 */
export function assignNameKeys(names: Iterable<string>): ReadonlyMap<string, string> {
  const distinct = [...new Set(names)];
  const plain = new Map(distinct.map((name) => [name, slugOf(name)]));
  let suffixed = new Set(distinct.filter((name) => plain.get(name) !== name));
  // A name that collides gets the suffix; that may collide with a name that looks like a suffixed key, so repeat.
  for (;;) {
    const keys = new Map(distinct.map((name) => [name, suffixed.has(name) ? withSuffix(name) : name]));
    const clashing = collidingNames(keys).filter((name) => !suffixed.has(name));
    if (clashing.length === 0) return separate(keys);
    suffixed = new Set([...suffixed, ...clashing]);
  }
}

function slugOf(name: string): string {
  // A key that starts with "-" would be read as an option wherever it is a program's argument.
  const slug = name
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST_NAME_KEY);
  return slug === "" ? "action" : slug;
}

function withSuffix(name: string): string {
  return `${slugOf(name).slice(0, LONGEST_NAME_KEY - 9)}-${sha256Hex(name).slice(0, 8)}`;
}

function collidingNames(keys: ReadonlyMap<string, string>): readonly string[] {
  const byFoldedKey = Map.groupBy(keys, ([, key]) => key.toLowerCase());
  return [...byFoldedKey.values()].filter((group) => group.length > 1).flatMap((group) => group.map(([name]) => name));
}

/** Two names with the same 8 hex digits: the later ones are numbered. */
function separate(keys: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    [...keys].map(([name, key]) => {
      let candidate = key;
      for (let ordinal = 2; taken.has(candidate.toLowerCase()); ordinal++) {
        candidate = `${key.slice(0, LONGEST_NAME_KEY - 4)}-${ordinal}`;
      }
      taken.add(candidate.toLowerCase());
      return [name, candidate];
    }),
  );
}
