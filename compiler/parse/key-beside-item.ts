import type { DiagnosticExtras } from "../diagnostics/create-diagnostic.ts";
import { lineMapOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import { writtenItem } from "../source/written-item.ts";

/**
 * What to do about a key in the column of the dashes of the list above it, which is neither an item nor part of one:
 *
 *     caches:
 *       - path: /root/go
 *       key: go-cache
 */
export function remedyForKeyBesideItem(file: SourceFile, span: Span): DiagnosticExtras {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(span.start);
  const [, blanks = ""] = /^( *)[^\s#-][^#]*:(\s|$)/.exec(lines.lineText(line)) ?? [];
  const item = itemAbove(file, line, blanks.length);
  if (blanks === "" || item === undefined) return {};
  const last = lastLineOfKey(file, line, blanks.length);
  const shown = writtenItem(file, item, last, (text, at) => (at >= line ? `  ${text}` : text));
  const edits = Array.from({ length: last - line + 1 }, (_, offset) => {
    const start = lines.lineStart(line + offset);
    return { span: { start, end: start }, newText: "  " };
  });
  return {
    help: `Indent it like the other keys of the item:\n${shown}`,
    fixes: [{ title: "Indent it below the item", edits }],
  };
}

/** The line of the nearest dash in that column; only deeper lines may stand between. */
function itemAbove(file: SourceFile, line: number, column: number): number | undefined {
  const lines = lineMapOf(file);
  for (let above = line - 1; above > 0; above--) {
    const text = lines.lineText(above);
    if (text.trim() === "") continue;
    const depth = text.search(/\S/);
    if (depth === column && text.startsWith("- ", column)) return above;
    if (depth <= column) return undefined;
  }
  return undefined;
}

function lastLineOfKey(file: SourceFile, line: number, column: number): number {
  const lines = lineMapOf(file);
  let last = line;
  while (last < lines.lineCount && lines.lineText(last + 1).search(/\S|$/) > column) last++;
  return last;
}
