import type { Unit } from "./lexer.ts";
import { firstFrom } from "./sorted-numbers.ts";

/** The lines of a script by their text. A line with a reference is none of them: it joins to something else. */
export type LineIndex = ReadonlyMap<string, Places>;

/** Where lines with the same text stand, in the order in which they do. */
interface Places {
  readonly starts: number[];
  /** Indexes of their line feeds. */
  readonly ends: number[];
}

/** Reads every line once; `stripsTabs`: without its leading tabs. */
export function createLineIndex(units: readonly Unit[], stripsTabs: boolean): LineIndex {
  const index = new Map<string, Places>();
  for (let start = 0; start < units.length; ) {
    const found = units.indexOf("\n", start);
    const end = found === -1 ? units.length : found;
    const line = units.slice(start, end);
    if (line.every((unit) => typeof unit === "string")) {
      const text = stripsTabs ? line.join("").replace(/^\t+/, "") : line.join("");
      const places = index.get(text) ?? { starts: [], ends: [] };
      index.set(text, places);
      places.starts.push(start);
      places.ends.push(end);
    }
    start = end + 1;
  }
  return index;
}

/** The first line with a text at `from` or behind it. */
export function findLine(
  index: LineIndex,
  text: string,
  from: number,
): { readonly start: number; readonly end: number } | undefined {
  const places = index.get(text);
  if (!places) return undefined;
  const at = firstFrom(places.starts, from);
  const [start, end] = [places.starts[at], places.ends[at]];
  return start === undefined || end === undefined ? undefined : { start, end };
}
