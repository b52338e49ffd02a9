import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import { inSingleQuotes, quoteToLineEnd } from "../diagnostics/text-fixes.ts";
import { lineMapOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { YamlScalar } from "./tree.ts";

/** Keys whose texts run or are judged: what YAML takes off them changes what happens, and nobody sees it. */
export const KEYS_OF_CODE: ReadonlySet<string> = new Set(["commands", "if", "break"]);

/** Tags and anchors that stand right before a place. */
const MARKERS = /(?:[!&]\S*[ \t]+)*[!&]\S*[ \t]*$/;

/**
 * Reports a tag or an anchor at the start of a text that runs, where it was meant as a part of it: `! grep shop` would
 * run as "grep shop", and `&x make` as "make". An anchor that an alias names is one.
 */
export function reportMarkerBeforeText(
  scalar: YamlScalar,
  marker: "tag" | "anchor",
  name: string,
  collector: DiagnosticCollector,
): boolean {
  const { file } = collector;
  if (scalar.style === "literal" || scalar.style === "folded") return false;
  if (marker === "anchor" && isNamed(name, file)) return false;
  const lines = lineMapOf(file);
  const { column, line } = lines.positionAt(scalar.span.start);
  const text = lines.lineText(line);
  const start = text.slice(0, column - 1).search(MARKERS);
  // On a line above, where nothing of the text stands.
  if (start === -1) return false;
  const written = text.slice(start).trimEnd();
  const place = lines.lineStart(line) + start;
  const end = place + written.search(/\s|$/);
  const rest = lines.positionAt(scalar.span.end);
  // Of a text on several lines, in brackets or in quotes, the end of the line is not the end of what was meant.
  const isWhole = scalar.style === "plain" && rest.line === line && text.slice(rest.column - 1).trim() === "";
  const fixes = isWhole ? quoteToLineEnd(file, place) : [];
  const help = isWhole
    ? `Put the line in quotes: ${inSingleQuotes(written)}`
    : "Put the whole text in quotes, so that it begins with a quote.";
  const params = { marker: file.text.slice(place, end), kind: marker === "tag" ? "a tag" : "an anchor" };
  collector.report(
    "parse/marker-before-text",
    { start: place, end },
    { ...params, left: scalar.text },
    { help, fixes },
  );
  return true;
}

/** Whether an alias stands in the file that may mean the anchor. */
function isNamed(name: string, { text }: SourceFile): boolean {
  return text.includes(`*${name}`);
}
