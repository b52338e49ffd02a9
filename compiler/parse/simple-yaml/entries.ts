import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "../tree.ts";

/** An entry of a map; `undefined` for a merge key, whose map is not told apart from others here. */
export function entryOf(key: YamlScalar, value: YamlNode): YamlEntry | undefined {
  if (key.text === "<<" && key.style === "plain") return undefined;
  return { key: key.text, keySpan: key.span, value, merged: false };
}

/** A map of entries; `undefined` when a key is there twice, which is told with both places elsewhere. */
export function mapOf(entries: readonly YamlEntry[], flow: boolean, start: number, end: number): YamlMap | undefined {
  return hasTwins(entries) ? undefined : { kind: "map", entries, flow, span: { start, end } };
}

/** Below this many entries, comparing each with each is faster than a set. */
const FEW = 8;

function hasTwins(entries: readonly YamlEntry[]): boolean {
  if (entries.length > FEW) return new Set(entries.map(({ key }) => key)).size < entries.length;
  return entries.some(({ key }, index) => {
    for (let other = 0; other < index; other++) if (entries[other]?.key === key) return true;
    return false;
  });
}
