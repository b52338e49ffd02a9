import { lineMapOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import type { Fix } from "./diagnostic.ts";
import { nearNames } from "./suggest.ts";

/**
 * Writes the near name instead, where only one is near: between several the author chooses. `behind` as in
 * `replaceName`.
 */
export function renameToNear(
  file: SourceFile,
  span: Span,
  written: string,
  candidates: Iterable<string>,
  behind?: readonly string[],
): readonly Fix[] {
  const near = onlyNear(written, candidates);
  return near === undefined ? [] : replaceName(file, span, written, near, behind);
}

/** The near name, where only one is near. */
export function onlyNear(written: string, candidates: Iterable<string>): string | undefined {
  const [near, ...others] = nearNames(written, candidates);
  return others.length === 0 ? near : undefined;
}

/**
 * Replaces one name in a span; what stands around it (quotes, `@version`, the braces of a reference) is kept. `behind`
 * are texts of which one stands right before the name, such as `outputs.`. None where the name does not stand there
 * exactly once, as it does not when YAML escapes or folds it.
 */
export function replaceName(
  file: SourceFile,
  span: Span,
  from: string,
  to: string,
  behind: readonly string[] = [""],
): readonly Fix[] {
  const text = file.text.slice(span.start, span.end);
  for (const marker of behind) {
    const at = text.indexOf(marker + from);
    if (at === -1 || text.includes(marker + from, at + 1)) continue;
    const start = span.start + at + marker.length;
    return [replaceBy(`Write "${to}" instead of "${from}"`, { start, end: start + from.length }, to)];
  }
  return [];
}

/** A fix of one edit. */
export function replaceBy(title: string, span: Span, newText: string): Fix {
  return { title, edits: [{ span, newText }] };
}

/** Puts a plain value that ends with its line in single quotes; none before a comment or where nothing stands. */
export function quoteToLineEnd(file: SourceFile, start: number): readonly Fix[] {
  const lines = lineMapOf(file);
  const { column, line } = lines.positionAt(start);
  const value = lines
    .lineText(line)
    .slice(column - 1)
    .trimEnd();
  if (value === "" || /\s#/.test(value)) return [];
  return [replaceBy("Put the value in quotes", { start, end: start + value.length }, inSingleQuotes(value))];
}

/** A text of one line as YAML writes it in single quotes. */
export function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
