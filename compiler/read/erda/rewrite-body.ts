import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { YamlEntry, YamlMap } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";

/**
 * A fix that puts inputs under `params` and, where the keys stand beside their action type, indents them below it. Works
 * on whole lines, so comments and block texts stay. None for maps in one line (`{…}`) and for merged keys.
 */
export function rewriteBody(
  file: SourceFile,
  map: YamlMap,
  entries: readonly YamlEntry[],
  inputs: readonly YamlEntry[],
  type?: YamlEntry,
): readonly Fix[] {
  const lines = lineMapOf(file);
  const place = (entry: YamlEntry) => lines.positionAt(entry.keySpan.start);
  const lineOf = (entry: YamlEntry) => place(entry).line;
  const ordered = [...entries].sort((left, right) => left.keySpan.start - right.keySpan.start);
  const [first] = ordered;
  if (!first || map.flow || entries.some(({ merged }) => merged)) return [];
  const indentation = " ".repeat(place(first).column - 1);
  // Every key must start its line, and the type must come first.
  if (ordered.some((entry) => file.text.slice(lines.lineStart(lineOf(entry)), entry.keySpan.start) !== indentation))
    return [];
  if (type && type.keySpan.start > first.keySpan.start) return [];

  const lastLine = lines.positionAt(Math.max(map.span.start, map.span.end - 1)).line;
  const linesOf = (entry: YamlEntry, index: number) => {
    const next = ordered[index + 1];
    const end = next ? lineOf(next) - 1 : lastLine;
    return Array.from({ length: end - lineOf(entry) + 1 }, (_, offset) => lines.lineText(lineOf(entry) + offset));
  };
  const blocks = ordered.map((entry, index) => ({ entry, lines: linesOf(entry, index) }));
  const outer = type ? "  " : "";
  const params = blocks.find(({ entry }) => entry.key === "params");
  // `params: {…}` on one line cannot take further lines.
  if (params && inputs.length > 0 && params.entry.value.kind === "map" && params.entry.value.flow) return [];
  const moved = blocks.filter(({ entry }) => inputs.includes(entry)).flatMap((block) => block.lines);
  const rewritten = blocks
    .filter(({ entry }) => !inputs.includes(entry) && entry !== params?.entry)
    .flatMap((block) => indent(block.lines, outer));
  const paramLines = params ? params.lines : moved.length > 0 ? [`${indentation}params:`] : [];
  rewritten.push(...indent(paramLines, outer), ...indent(moved, `${outer}${paramIndent(params?.entry, place)}`));

  const start = lines.lineStart(lineOf(first));
  const end = lines.lineStart(lastLine) + lines.lineText(lastLine).length;
  const title = type ? `Indent the keys below "${type.key}:"` : 'Move the inputs under "params:"';
  return [{ title, edits: [{ span: { start, end }, newText: rewritten.join("\n") }] }];
}

function indent(lines: readonly string[], by: string): readonly string[] {
  return lines.map((line) => (line.trim() === "" ? line : by + line));
}

/** How much deeper than `params` its entries stand. */
function paramIndent(params: YamlEntry | undefined, place: (entry: YamlEntry) => { column: number }): string {
  const child = params?.value.kind === "map" ? params.value.entries[0] : undefined;
  return " ".repeat(params && child ? Math.max(1, place(child).column - place(params).column) : 2);
}
