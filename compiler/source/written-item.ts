import { lineMapOf } from "./line-map.ts";
import type { SourceFile } from "./source-file.ts";

/** Lines of an item that are shown at most; a longer one is cut in its middle. */
const MOST_LINES = 8;

/**
 * Lines of the file as they should be written, for a `help`: taken from `first` to `last` (1-based), each through `write`,
 * the indentation that they share taken off.
 */
export function writtenItem(
  file: SourceFile,
  first: number,
  last: number,
  write: (text: string, line: number) => string,
): string {
  const lines = lineMapOf(file);
  const written = Array.from({ length: last - first + 1 }, (_, offset) =>
    write(lines.lineText(first + offset), first + offset),
  ).filter((line) => line.trim() !== "");
  const indentation = Math.min(...written.map((line) => line.search(/\S/)));
  const shown = written.map((line) => line.slice(indentation).trimEnd());
  if (shown.length <= MOST_LINES) return shown.join("\n");
  return [...shown.slice(0, 3), "  …", ...shown.slice(-(MOST_LINES - 4))].join("\n");
}
