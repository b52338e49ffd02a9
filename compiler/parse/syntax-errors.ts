import type { ErrorCode, YAMLError } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import type { Edit, Fix } from "../diagnostics/diagnostic.ts";
import { quoteToLineEnd } from "../diagnostics/text-fixes.ts";
import { lineMapOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import { remedyForKeyBesideItem } from "./key-beside-item.ts";
import { remedyForBareLine, remedyForLine, remedyForReferences } from "./line-remedies.ts";

/** Errors that do not disturb what follows, so each stands for a cause of its own. */
const INDEPENDENT: ReadonlySet<ErrorCode> = new Set([
  "BAD_ALIAS",
  "BAD_DIRECTIVE",
  "BAD_DQ_ESCAPE",
  "BAD_SCALAR_START",
  "TAB_AS_INDENT",
  "MULTIPLE_ANCHORS",
  "MULTIPLE_TAGS",
  "BAD_PROP_ORDER",
]);

/** Where a text in quotes begins that ends at an offset, or holds it. */
type QuoteOf = (offset: number) => number | undefined;

/**
 * Reports the YAML library's errors in our own codes. After the first error that breaks the structure every later one
 * of that sort is a follow-up of it, so it is left out; so is a second one on the same line.
 */
export function reportSyntaxErrors(
  errors: readonly YAMLError[],
  collector: DiagnosticCollector,
  quoteOf: QuoteOf,
): void {
  const { file } = collector;
  const lines = lineMapOf(file);
  const seenLines = new Set<number>();
  const badDirective = errors.some(({ code }) => code === "BAD_DIRECTIVE");
  let broken = false;
  for (const error of [...errors].sort((left, right) => left.pos[0] - right.pos[0])) {
    const { line } = lines.positionAt(error.pos[0]);
    // What was meant as a directive needs no "---" behind it.
    if (badDirective && /directives-end/.test(error.message)) continue;
    if (seenLines.has(line) || (broken && !INDEPENDENT.has(error.code))) continue;
    seenLines.add(line);
    // A tab is told wherever it stands, but what it indents may be understood otherwise than it was meant.
    if (!INDEPENDENT.has(error.code) || error.code === "TAB_AS_INDENT") broken = true;
    reportSyntaxError(error, collector, quoteOf);
  }
}

function reportSyntaxError(error: YAMLError, collector: DiagnosticCollector, quoteOf: QuoteOf): void {
  const { file } = collector;
  const span = wordAt(file, error.pos[0]);
  const detail = lowerFirst(error.message);
  switch (error.code) {
    case "TAB_AS_INDENT":
      reportTab(error, collector);
      return;
    case "BAD_INDENT":
      // The library has one code for "indented wrongly" and "bracket not closed"; only its words tell them apart.
      if (/^Flow/.test(error.message)) {
        collector.report("parse/missing-character", span, { detail }, remedyForReferences(file, span));
        return;
      }
      if (lineHasTab(file, span))
        collector.report("parse/tab-indentation", span, {}, { fixes: replaceTabs(file, span) });
      else collector.report("parse/bad-indentation", firstWordOf(file, span), {}, remedyForKeyBesideItem(file, span));
      return;
    case "BLOCK_AS_IMPLICIT_KEY":
      if (startsItsLine(file, span)) collector.report("parse/bad-indentation", firstWordOf(file, span), {});
      else if (!/:(\s|$)/.test(restOfLine(file, span.start))) {
        collector.report("parse/bad-indentation", firstWordBelow(file, span), {});
      } else {
        const extras = { help: helpForSlashes(file, span), fixes: quoteToLineEnd(file, span.start) };
        collector.report("parse/nested-map-on-one-line", span, {}, extras);
      }
      return;
    case "MULTILINE_IMPLICIT_KEY":
      collector.report("parse/key-without-colon", span, {}, remedyForBareLine(file, span));
      return;
    case "MISSING_CHAR":
      reportMissing(error, collector, quoteOf);
      return;
    case "BAD_SCALAR_START":
      collector.report(
        "parse/bad-first-character",
        { start: span.start, end: span.start + 1 },
        {},
        { fixes: quoteToLineEnd(file, span.start) },
      );
      return;
    case "BAD_DQ_ESCAPE":
      collector.report("parse/bad-escape", { start: error.pos[0], end: error.pos[0] + 2 }, {});
      return;
    case "KEY_OVER_1024_CHARS":
      collector.report("parse/key-too-long", span, {});
      return;
    case "BAD_ALIAS":
    case "ALIAS_PROPS":
    case "BAD_PROP_ORDER":
    case "MULTIPLE_ANCHORS":
    case "MULTIPLE_TAGS":
      collector.report("parse/bad-anchor", span, { detail });
      return;
    case "BAD_DIRECTIVE":
      collector.report("parse/bad-directive", span, {});
      return;
    case "RESOURCE_EXHAUSTION":
      reportTooDeep(collector, span);
      return;
    case "UNEXPECTED_TOKEN":
    case "BLOCK_IN_FLOW":
    case "DUPLICATE_KEY":
    case "IMPOSSIBLE":
    case "MULTIPLE_DOCS":
    case "NON_STRING_KEY":
    case "TAG_RESOLVE_FAILED":
    case "BAD_COLLECTION_TYPE":
      collector.report("parse/unexpected-text", span, { detail }, remedyForLine(file, span));
      return;
  }
}

function reportMissing(error: YAMLError, collector: DiagnosticCollector, quoteOf: QuoteOf): void {
  const { file } = collector;
  const span = wordAt(file, error.pos[0]);
  const quote = /^Missing closing/.test(error.message) ? quoteOf(error.pos[0]) : undefined;
  if (/^Implicit map keys/.test(error.message)) {
    collector.report("parse/key-without-colon", span, {}, remedyForBareLine(file, span));
  } else if (/^Block scalars/.test(error.message) && lineHasTab(file, span)) {
    reportTab(error, collector);
  } else if (quote !== undefined) {
    const sign = file.text.charAt(quote);
    const detail = `the ${sign === '"' ? "double" : "single"} quote that closes this text`;
    collector.report("parse/missing-character", { start: quote, end: quote + 1 }, { detail });
  } else {
    const remedy = remedyForReferences(file, span) ?? remedyForLine(file, span);
    collector.report("parse/missing-character", span, { detail: lowerFirst(error.message) }, remedy);
  }
}

/** Levels of lists and maps inside each other; a pipeline needs about ten. */
export const DEEPEST_NESTING = 64;

/** One code for every way in which a document is nested too deeply. */
export function reportTooDeep(collector: DiagnosticCollector, span: Span): void {
  collector.report("parse/too-deep", span, { limit: DEEPEST_NESTING });
}

function reportTab(error: YAMLError, collector: DiagnosticCollector): void {
  const { file } = collector;
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(error.pos[0]);
  const start = lines.lineStart(line);
  const span = { start, end: start + Math.max(indentationOf(lines.lineText(line)).length, 1) };
  // Each fix mends all that follows, so of 100,000 such lines the last ones need none.
  const fixes = collector.diagnostics.length < MOST_TAB_FIXES ? replaceTabs(file, span) : [];
  collector.report("parse/tab-indentation", span, {}, { fixes });
}

/** As many as are shown of one file. */
const MOST_TAB_FIXES = 100;
/** Lines that one fix mends at most. */
const MOST_MENDED_LINES = 1000;

/**
 * Two spaces for each tab that indents the line of a span, or the one behind it, and the lines below that start with a
 * tab too: a text that is told about at its first line is indented by them as a whole.
 */
function replaceTabs(file: SourceFile, span: Span): readonly Fix[] {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(span.start);
  const first = [line, line + 1].find((number) => indentationOf(lines.lineText(number)).includes("\t"));
  if (first === undefined) return [];
  const edits: Edit[] = [];
  const outer = indentationBelowLiteral(lines.lineText(first - 1));
  const end = first + MOST_MENDED_LINES;
  for (let number = first; number < end && (number === first || lines.lineText(number).startsWith("\t")); number++) {
    const start = lines.lineStart(number);
    const indentation = indentationOf(lines.lineText(number));
    const span = { start, end: start + indentation.length };
    const spaces = indentation.replaceAll("\t", "  ");
    edits.push({ span, newText: outer === undefined ? spaces : outer + spaces.slice(2) });
  }
  return [{ title: "Replace tabs by spaces", edits }];
}

/** The indentation of the first line of a text whose `|` ends the line above. */
function indentationBelowLiteral(above: string): string | undefined {
  const [, before, key] = /^( *(?:- +)*)([^#]*: +)?[|>][-+]?\s*$/.exec(above) ?? [];
  return before === undefined ? undefined : " ".repeat(before.length + (key === undefined ? 0 : 2));
}

function indentationOf(line: string): string {
  return line.slice(0, line.search(/[^ \t]|$/));
}

/** The word at an offset, at least one character, never past the line. */
function wordAt(file: SourceFile, offset: number): Span {
  const start = Math.min(offset, file.text.length);
  const length = file.text.slice(start, start + 80).search(/\s|$/);
  return { start, end: start + Math.max(length, start < file.text.length ? 1 : 0) };
}

function startsItsLine(file: SourceFile, span: Span): boolean {
  const { line, column } = lineMapOf(file).positionAt(span.start);
  return (
    lineMapOf(file)
      .lineText(line)
      .slice(0, column - 1)
      .trim() === ""
  );
}

/** The first word of a span's line, where only blanks stand before it. */
function firstWordOf(file: SourceFile, span: Span): Span {
  const blanks = restOfLine(file, span.start).search(/[^ ]|$/);
  return blanks === 0 ? span : wordAt(file, span.start + blanks);
}

/** Where a value ends with its line, the key stands on the next one, deeper than its siblings. */
function firstWordBelow(file: SourceFile, span: Span): Span {
  const lines = lineMapOf(file);
  const below = lines.positionAt(span.start).line + 1;
  return wordAt(file, lines.lineStart(below) + lines.lineText(below).search(/\S|$/));
}

function restOfLine(file: SourceFile, offset: number): string {
  const { column, line } = lineMapOf(file).positionAt(offset);
  return lineMapOf(file)
    .lineText(line)
    .slice(column - 1);
}

/** `//` is a comment in many languages, but text in YAML. */
function helpForSlashes(file: SourceFile, span: Span): string | undefined {
  const isComment = file.text.startsWith("//", span.start);
  return isComment ? 'A comment starts with "#", not with "//".' : undefined;
}

function lineHasTab(file: SourceFile, span: Span): boolean {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(span.start);
  return /^ *\t/.test(lines.lineText(line)) || /^ *\t/.test(lines.lineText(line + 1));
}

function lowerFirst(message: string): string {
  if (/ at node end$/.test(message)) return "the value before it has ended";
  const short = message.replace(/^Missing /, "").replace(/\.$/, "");
  return short.charAt(0).toLowerCase() + short.slice(1);
}
