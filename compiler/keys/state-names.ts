import { sha256Hex } from "../sha256.ts";

/** Longest state name that Step Functions takes. */
export const LONGEST_STATE_NAME = 80;

/** Gives out state names that are unique in one machine, also across the branches of its Parallel states. */
export interface StateNames {
  /**
   * A legal name as near to `wanted` as possible. Letters and digits of any script, space, `-`, `_` and `.` stay;
   * a name that had to change, or is taken, gets `-<8 hex of the SHA-256 of wanted>`.
   */
  allocate(wanted: string): string;
}

/** State names of one machine; nothing is taken yet. */
export function createStateNames(): StateNames {
  const taken = new Set<string>();
  return {
    allocate(wanted) {
      const clean = wanted.replace(/[^\p{L}\p{N} \-_.]+/gu, "-").trim();
      const usable = clean === wanted && clean !== "" && clean.length <= LONGEST_STATE_NAME;
      let name = usable && !taken.has(clean) ? clean : suffixed(clean, sha256Hex(wanted).slice(0, 8));
      for (let ordinal = 2; taken.has(name); ordinal++)
        name = suffixed(clean, `${sha256Hex(wanted).slice(0, 8)}-${ordinal}`);
      taken.add(name);
      return name;
    },
  };
}

function suffixed(name: string, suffix: string): string {
  const room = LONGEST_STATE_NAME - suffix.length - 1;
  // Cut between code points: half a surrogate pair is no character.
  const cut = name
    .slice(0, room)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd();
  return `${cut === "" ? "action" : cut}-${suffix}`;
}
