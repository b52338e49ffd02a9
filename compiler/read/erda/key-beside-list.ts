import type { YamlEntry, YamlNode } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { writtenItem } from "../../source/written-item.ts";
import { type KeyLevel, type KeyType, specsOf } from "./key-table.ts";
import type { ReadContext } from "./read-context.ts";

/** A key, the list beside which it stands, and where. */
interface KeyBesideList {
  readonly list: YamlEntry;
  readonly itemLine: number;
}

/**
 * Reports a key that belongs to the last item of the list before it, but stands in the column of that list's dashes:
 *
 *     caches:
 *     - path: /root/go
 *     key: go-cache
 *
 * To YAML it is a key beside `caches`. Answers whether it was that.
 */
export function reportKeyBesideList(
  entry: YamlEntry,
  entries: readonly YamlEntry[],
  level: KeyLevel,
  { collector, file }: ReadContext,
): boolean {
  const found = findListBeside(entry, entries, level, file);
  if (!found) return false;
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(entry.keySpan.start);
  const shown = writtenItem(file, found.itemLine, line, (text, at) => (at === line ? `  ${text}` : text));
  const start = lines.lineStart(line);
  const isOneLine = lines.positionAt(entry.value.span.end).line === line;
  const fixes = isOneLine
    ? [{ title: "Indent it below the item", edits: [{ span: { start, end: start }, newText: "  " }] }]
    : [];
  const help = `Indent it like the other keys of the item:\n${shown}`;
  collector.report("read/key-beside-list", entry.keySpan, { key: entry.key, list: found.list.key }, { help, fixes });
  return true;
}

/** The list before a key whose last item lacks that key; both stand in one column. */
export function findListBeside(
  entry: YamlEntry,
  entries: readonly YamlEntry[],
  level: KeyLevel,
  file: SourceFile,
): KeyBesideList | undefined {
  // Most unknown keys belong to no list, and need not be looked for among thousands.
  if (!level.keys.some(({ type }) => isKeyOfItems(entry.key, type))) return undefined;
  const list = entries[entries.indexOf(entry) - 1];
  const type = list && specsOf(level).get(list.key)?.type;
  if (!list || type?.kind !== "list" || type.items.kind !== "level") return undefined;
  const item = lastItemOf(list.value);
  if (item?.kind !== "map" || !isKeyOfItems(entry.key, type) || item.entries.some(({ key }) => key === entry.key))
    return undefined;
  const lines = lineMapOf(file);
  const { line: itemLine } = lines.positionAt(item.span.start);
  const { column } = lines.positionAt(entry.keySpan.start);
  return dashColumn(file, itemLine) === column ? { list, itemLine } : undefined;
}

function isKeyOfItems(key: string, type: KeyType): boolean {
  return type.kind === "list" && type.items.kind === "level" && specsOf(type.items.level).has(key);
}

function lastItemOf(node: YamlNode): YamlNode | undefined {
  return node.kind === "list" && !node.flow ? node.items.at(-1) : undefined;
}

/** 1-based column of the dash that starts the line. */
function dashColumn(file: SourceFile, line: number): number | undefined {
  const text = lineMapOf(file).lineText(line);
  return /^ *- /.test(text) ? text.indexOf("-") + 1 : undefined;
}
