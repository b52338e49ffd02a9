import { lineMapOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

const TAB = "    ";
/** Longest source line that is shown; longer ones are cut around the span. */
const WIDEST_LINE = 160;

/**
 * The line of a span with the line before it and carets below, for a fixed-width terminal:
 *
 *     3 |   - custom-scrip:
 *       |     ^^^^^^^^^^^^
 */
export function codeFrame(file: SourceFile, span: Span): readonly string[] {
  const lines = lineMapOf(file);
  const { line, column } = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  const text = lines.lineText(line);
  const from = column - 1 > WIDEST_LINE - 40 ? column - 41 : 0;
  const shown = text.slice(from, from + WIDEST_LINE);
  const width = String(line).length;
  const endColumn = end.line === line ? end.column : text.length + 1;
  const marked = shown.slice(column - 1 - from, endColumn - 1 - from);
  const before =
    line > 1 && lines.lineText(line - 1).trim() !== "" ? [frameLine(line - 1, lines.lineText(line - 1))] : [];
  const carets = "^".repeat(Math.max(1, displayWidth(marked.trim() === "" ? marked : marked.trimEnd())));
  return [
    ...before,
    frameLine(line, shown),
    `${" ".repeat(width)} | ${blank(shown.slice(0, column - 1 - from))}${carets}`,
  ];

  function frameLine(number: number, content: string): string {
    return `${String(number).padStart(width)} | ${printable(content.slice(0, WIDEST_LINE))}`;
  }
}

/** Control characters of user text never reach a terminal; a tab is four columns, so carets stay below their text. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replaceAll("\t", TAB).replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, " ");
}

function blank(text: string): string {
  return " ".repeat(displayWidth(text));
}

/** Terminal columns: Chinese, Japanese, Korean and emoji take two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character === "\t" ? TAB.length : WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
