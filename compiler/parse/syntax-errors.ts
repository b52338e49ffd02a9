import type { ErrorCode, YAMLError } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import type { Edit, Fix } from "../diagnostics/diagnostic.ts";
import { quoteToLineEnd } from "../diagnostics/text-fixes.ts";
import { lineMapOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

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

/**
 * Reports the YAML library's errors in our own codes. After the first error that breaks the structure every later one
 * of that sort is a follow-up of it, so it is left out; so is a second one on the same line.
 */
export function reportSyntaxErrors(errors: readonly YAMLError[], collector: DiagnosticCollector): void {
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
    reportSyntaxError(error, collector);
  }
}

function reportSyntaxError(error: YAMLError, collector: DiagnosticCollector): void {
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
        collector.report("parse/missing-character", span, { detail }, { help: helpForReference(file, span) });
        return;
      }
      if (lineHasTab(file, span))
        collector.report("parse/tab-indentation", span, {}, { fixes: replaceTabs(file, span) });
      else collector.report("parse/bad-indentation", span, {});
      return;
    case "BLOCK_AS_IMPLICIT_KEY":
      if (startsItsLine(file, span)) collector.report("parse/bad-indentation", span, {});
      else if (!/:(\s|$)/.test(restOfLine(file, span.start))) {
        collector.report("parse/bad-indentation", firstWordBelow(file, span), {});
      } else {
        const extras = { help: helpForSlashes(file, span), fixes: quoteToLineEnd(file, span.start) };
        collector.report("parse/nested-map-on-one-line", span, {}, extras);
      }
      return;
    case "MULTILINE_IMPLICIT_KEY":
      collector.report("parse/key-without-colon", span, {});
      return;
    case "MISSING_CHAR":
      if (/^Implicit map keys/.test(error.message)) {
        collector.report("parse/key-without-colon", span, {});
        return;
      }
      collector.report("parse/missing-character", span, { detail }, { help: helpForReference(file, span) });
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
    case "NON_STRING_KEY":
      collector.report("parse/key-not-text", span, { found: "a list or a map" });
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
    case "BLOCK_IN_FLOW":
    case "DUPLICATE_KEY":
    case "IMPOSSIBLE":
    case "MULTIPLE_DOCS":
    case "TAG_RESOLVE_FAILED":
    case "UNEXPECTED_TOKEN":
    case "BAD_COLLECTION_TYPE":
      collector.report("parse/unexpected-text", span, { detail });
      return;
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
  const indentation = /^[ \t]*/.exec(lines.lineText(line))?.[0] ?? "";
  const start = lines.lineStart(line);
  const span = { start, end: start + Math.max(indentation.length, 1) };
  collector.report("parse/tab-indentation", span, {}, { fixes: replaceTabs(file, span) });
}

/**
 * Two spaces for each tab that indents the line of a span, or the one behind it, and the lines below that start with a
 * tab too: a text that is told about at its first line is indented by them as a whole.
 */
function replaceTabs(file: SourceFile, span: Span): readonly Fix[] {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(span.start);
  const indentationOf = (number: number) => /^[ \t]*/.exec(lines.lineText(number))?.[0] ?? "";
  const first = [line, line + 1].find((number) => indentationOf(number).includes("\t"));
  if (first === undefined) return [];
  const edits: Edit[] = [];
  for (let number = first; number === first || lines.lineText(number).startsWith("\t"); number++) {
    const start = lines.lineStart(number);
    const indentation = indentationOf(number);
    const span = { start, end: start + indentation.length };
    edits.push({ span, newText: indentation.replaceAll("\t", "  ") });
  }
  return [{ title: "Replace tabs by spaces", edits }];
}

/** The word at an offset, at least one character, never past the line. */
function wordAt(file: SourceFile, offset: number): Span {
  const start = Math.min(offset, file.text.length);
  const word = /^[^\s]*/.exec(file.text.slice(start, start + 80))?.[0] ?? "";
  return { start, end: start + Math.max(word.length, start < file.text.length ? 1 : 0) };
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

/** `[cd ${{ dirs.repo }}]`: without quotes the braces are YAML's. */
function helpForReference(file: SourceFile, span: Span): string | undefined {
  const lines = lineMapOf(file);
  const holdsReference = lines.lineText(lines.positionAt(span.start).line).includes("${");
  return holdsReference
    ? 'Between "[" and "]" or "{" and "}", put quotes around text that holds a reference.'
    : undefined;
}

function lineHasTab(file: SourceFile, span: Span): boolean {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(span.start);
  return /^ *\t/.test(lines.lineText(line)) || /^ *\t/.test(lines.lineText(line + 1));
}

function lowerFirst(message: string): string {
  const short = message.replace(/^Missing /, "").replace(/\.$/, "");
  return short.charAt(0).toLowerCase() + short.slice(1);
}
