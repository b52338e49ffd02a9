/** Finds many texts in one pass over a line, however many there are: a certificate has dozens of lines, a key file may have thousands. */
export interface NeedleIndex {
  /** Visits, at each place where texts begin, the longest of them. `end` is exclusive. */
  visit(line: string, found: (start: number, end: number) => void): void;
}

/** Texts have this length at least; it is what a place is first judged by. */
const PREFIX_LENGTH = 3;

/** Lengths of the beginning by which texts are looked up: of those that share it, each length is tried in turn. */
const KEY_LENGTHS = [16, 8, PREFIX_LENGTH] as const;

/** Texts that share their beginning, by length, longest first. */
type Bucket = readonly (readonly [length: number, texts: ReadonlySet<string>])[];

/** An index of `needles`, none of which is shorter than three characters. */
export function createNeedleIndex(needles: Iterable<string>): NeedleIndex {
  // One byte for each hash of three characters: nearly every place of nearly every line is done with after one look.
  const flags = new Uint8Array(1 << 16);
  const collected = KEY_LENGTHS.map(() => new Map<string, Map<number, Set<string>>>());
  for (const needle of needles) {
    const family = KEY_LENGTHS.findIndex((length) => needle.length >= length);
    const buckets = collected[family];
    if (buckets === undefined) {
      throw new RangeError(`A text to look for has ${needle.length} characters; ${PREFIX_LENGTH} are needed.`);
    }
    const hash = hashAt(needle, 0);
    flags[hash] = (flags[hash] ?? 0) | (1 << family);
    const lengths = entryOf(buckets, needle.slice(0, KEY_LENGTHS[family]), () => new Map<number, Set<string>>());
    entryOf(lengths, needle.length, () => new Set<string>()).add(needle);
  }
  const families = collected.map((buckets, family) => ({
    flag: 1 << family,
    keyLength: KEY_LENGTHS[family] ?? PREFIX_LENGTH,
    buckets: new Map([...buckets].map(([key, lengths]): [string, Bucket] => [key, longestFirst(lengths)])),
  }));
  return {
    visit(line, found) {
      for (let at = 0; at + PREFIX_LENGTH <= line.length; at += 1) {
        const flag = flags[hashAt(line, at)] ?? 0;
        if (flag === 0) {
          continue;
        }
        for (const family of families) {
          const bucket =
            (flag & family.flag) === 0 ? undefined : family.buckets.get(line.slice(at, at + family.keyLength));
          const hit = bucket?.find(([length, texts]) => texts.has(line.slice(at, at + length)));
          if (hit !== undefined) {
            found(at, at + hit[0]);
          }
        }
      }
    },
  };
}

function hashAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & 0xffff;
}

function longestFirst(lengths: ReadonlyMap<number, ReadonlySet<string>>): Bucket {
  return [...lengths].sort(([a], [b]) => b - a);
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  map.set(key, made);
  return made;
}
