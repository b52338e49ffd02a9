import type { Fix } from "../../diagnostics/diagnostic.ts";
import { inSingleQuotes, replaceBy } from "../../diagnostics/text-fixes.ts";
import type { YamlScalar } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { ReadContext } from "./read-context.ts";

/** Warns of commands that YAML changes without a word: it cuts them off, or joins their lines. */
export function checkCommandText(scalar: YamlScalar, context: ReadContext): void {
  switch (scalar.style) {
    case "plain":
      checkComment(scalar, context);
      // On one line the text is as long as what is written, which is so for most of them.
      if (scalar.span.end - scalar.span.start > scalar.text.length) checkLines(scalar, context);
      return;
    case "folded":
      checkLines(scalar, context);
      return;
    case "literal":
    case "single":
    case "double":
      return;
  }
}

/** `echo "order #1"` without quotes around the whole is `echo "order` with a comment. */
function checkComment({ span, text }: YamlScalar, { collector, file }: ReadContext): void {
  let start = span.end;
  while (file.text[start] === " " || file.text[start] === "\t") start++;
  if (file.text[start] !== "#") return;
  const isOpen = hasOpenQuote(text);
  // Most are what they look like, and need no line to be looked up.
  if (!isOpen && !/[^\s#]/.test(file.text.charAt(start + 1))) return;
  const lines = lineMapOf(file);
  const { column, line } = lines.positionAt(start);
  const comment = lines
    .lineText(line)
    .slice(column - 1)
    .trimEnd();
  const end = start + comment.length;
  const whole = inSingleQuotes(file.text.slice(span.start, end));
  const quoted = inSingleQuotes(`${text} "${comment}"`);
  const isOneLine = lines.positionAt(span.start).line === line;
  const extras =
    isOpen && isOneLine
      ? {
          help: `Put the line in quotes: ${whole}`,
          fixes: [replaceBy("Put the line in quotes", { start: span.start, end }, whole)],
        }
      : {
          help: `Write a space behind the "#" if it is a comment. If not, quote it for the shell, to which it is one too, and the line for YAML: ${quoted}`,
        };
  collector.report("read/comment-in-command", { start, end }, { comment }, extras);
}

/** Whether a quote stays open, as in `echo "order`. */
function hasOpenQuote(text: string): boolean {
  return quoteBehind(text, "") !== "";
}

/** The quote of the shell that is open behind a text, given the one before it; the empty text is none. */
function quoteBehind(text: string, before: string): string {
  let quote = before;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === "\\" && quote !== "'") index++;
    else if (character === quote) quote = "";
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
  }
  return quote;
}

/** Ends of lines behind which a command goes on, and starts of lines that go on with one. */
const GOES_ON_BEHIND = /(?:[\\|,;({[=]|&&|\b(?:do|then|else))$/;
const GOES_ON_WITH = /^(?:-|&&|\||;|>|<|[)}\]])/;

/** Lines behind `>`, or without any sign, become one line; as they do not when each starts a command of its own. */
function checkLines(scalar: YamlScalar, { collector, file }: ReadContext): void {
  const { span, style } = scalar;
  const lines = lineMapOf(file);
  const isFolded = style === "folded";
  const first = lines.positionAt(span.start).line + (isFolded ? 1 : 0);
  const last = lines.positionAt(Math.max(span.start, span.end - 1)).line;
  let before = isFolded ? "" : file.text.slice(span.start, lines.lineStart(first + 1)).trim();
  let quote = "";
  for (let line = isFolded ? first : first + 1; line <= last; line++) {
    const raw = lines.lineText(line);
    const text = raw.trim();
    quote = quoteBehind(before, quote);
    // Blank lines stay, and so do the deeper ones of a folded text. In a quoted text the line is but a space.
    const isJoined = before !== "" && text !== "" && quote === "" && !(isFolded && isDeeper(raw, line));
    if (isJoined && !GOES_ON_BEHIND.test(before) && !GOES_ON_WITH.test(text)) {
      collector.report("read/joined-commands", headOf(scalar, file), {}, { fixes: asLiteral(scalar, file) });
      return;
    }
    before = text;
  }

  function isDeeper(raw: string, line: number): boolean {
    const depths = [raw, lines.lineText(line - 1)].map((text) => text.search(/\S/));
    return Math.max(...depths) > lines.lineText(first).search(/\S/);
  }
}

/** The `>`, or the first line. */
function headOf({ span, style }: YamlScalar, file: SourceFile): { readonly start: number; readonly end: number } {
  if (style === "folded") return { start: span.start, end: span.start + 1 };
  const length = file.text.slice(span.start, span.end).search(/[\r\n]/);
  return { start: span.start, end: span.start + length };
}

function asLiteral({ span, style }: YamlScalar, file: SourceFile): readonly Fix[] {
  const title = 'Keep the lines with "|"';
  if (style === "folded") return [replaceBy(title, { start: span.start, end: span.start + 1 }, "|")];
  const lines = lineMapOf(file);
  const { column, line } = lines.positionAt(span.start);
  const depths = file.text
    .slice(span.start, span.end)
    .split("\n")
    .slice(1)
    .filter((text) => text.trim() !== "")
    .map((text) => text.search(/\S/));
  const [depth = 0] = depths;
  const before = file.text.slice(0, span.start).trimEnd();
  const isBelow =
    lines
      .lineText(line)
      .slice(0, column - 1)
      .trim() === "";
  if (!/[:-]$/.test(before) || Math.min(...depths) < (isBelow ? column - 1 : depth)) return [];
  if (isBelow) return [replaceBy(title, { start: before.length, end: before.length }, " |")];
  return [replaceBy(title, { start: span.start, end: span.start }, `|\n${" ".repeat(depth)}`)];
}
