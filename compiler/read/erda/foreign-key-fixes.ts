import type { Fix } from "../../diagnostics/diagnostic.ts";
import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { YamlEntry } from "../../parse/tree.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { type KeyLevel, specsOf } from "./key-table.ts";

const MINUTES = /^timeout[-_]?(?:in)?minutes$/i;
const SECONDS_OF_A_MINUTE = 60;

/** Fixes of keys that need more than another name: minutes as seconds, and a loop's strategy that stands beside it. */
export function fixForeignKey(
  entry: YamlEntry,
  entries: readonly YamlEntry[],
  level: KeyLevel,
  file: SourceFile,
): readonly Fix[] {
  const { key, keySpan, merged, value } = entry;
  if (merged || value.kind !== "scalar" || typeof value.value !== "number") return [];
  const span = { start: keySpan.start, end: value.span.end };
  const has = (other: string) => entries.some((known) => known.key === other);
  if (MINUTES.test(key) && specsOf(level).has("timeout") && !has("timeout")) {
    const text = `timeout: ${Math.round(value.value * SECONDS_OF_A_MINUTE)}`;
    return [replaceBy(`Write "${text}"`, span, text)];
  }
  const strategy = specsOf(level).get("strategy")?.type;
  if (strategy?.kind !== "level" || has("strategy") || !specsOf(strategy.level).has(key)) return [];
  // Two of them would make two strategies.
  if (entries.filter((other) => specsOf(strategy.level).has(other.key)).length > 1) return [];
  const text = `strategy: {${file.text.slice(span.start, span.end)}}`;
  return [replaceBy('Write it under "strategy"', span, text)];
}
