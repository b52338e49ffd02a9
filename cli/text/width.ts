import { stripVTControlCharacters } from "node:util";

/** Characters that a terminal draws two cells wide: East Asian scripts, full-width forms and emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
/** Characters that take no cell of their own. */
const ZERO = /[\p{Mark}\p{Format}]/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Cells that `text` takes on a terminal; colours count nothing. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text))) width += graphemeWidth(segment);
  return width;
}

/** `text` followed by blanks up to `cells`. */
export function padCells(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - cellWidth(text)));
}

/** At most `cells` wide; what is cut is shown as `…`. For text without colours. */
export function cutCells(text: string, cells: number): string {
  if (cellWidth(text) <= cells) return text;
  let cut = "";
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = width + graphemeWidth(segment);
    if (next > cells - 1) break;
    cut += segment;
    width = next;
  }
  return `${cut}…`;
}

/**
 * Text of a user's program as one harmless line: no escape sequences, no control characters; of a progress bar that
 * redraws itself with carriage returns only the last state.
 */
export function singleLine(text: string): string {
  const last = text.replace(/\r+$/, "").split("\r").at(-1) ?? "";
  return stripVTControlCharacters(last)
    .replace(/\t/g, "  ")
    .replace(/\p{Control}/gu, "");
}

function graphemeWidth(segment: string): number {
  const first = segment.codePointAt(0);
  if (first === undefined || ZERO.test(String.fromCodePoint(first))) return 0;
  return WIDE.test(segment) ? 2 : 1;
}
