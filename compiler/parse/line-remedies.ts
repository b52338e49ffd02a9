import type { DiagnosticExtras } from "../diagnostics/create-diagnostic.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { inSingleQuotes, replaceBy } from "../diagnostics/text-fixes.ts";
import { lineMapOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

/** A line as a value with what stands before it: dashes and a key. */
interface WrittenLine {
  readonly text: string;
  readonly key: string | undefined;
  readonly value: string;
  /** Of the value. */
  readonly span: Span;
}

function writtenLine(file: SourceFile, { start }: Span): WrittenLine | undefined {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(start);
  const text = lines.lineText(line);
  const [, before = "", key, value = ""] = /^(\s*(?:- +)*(?:([\w.-]+): +)?)(\S.*?)\s*$/.exec(text) ?? [];
  const at = lines.lineStart(line) + before.length;
  return value === "" ? undefined : { text, key, value, span: { start: at, end: at + value.length } };
}

/** What stands behind a text in an expression. */
const OPERATOR = /^([=!<>]=?~?|&&|\|\||[-+*/%?]|\*\*|in)$/;
/** Keys whose values are lines of a script or an expression, which may start with anything. */
const CODE = /^(?:commands|if|break)$/;

/** What to do about text behind a value that YAML has seen the end of, by what the line begins with. */
export function remedyForLine(file: SourceFile, span: Span): DiagnosticExtras {
  const line = writtenLine(file, span);
  if (!line || line.span.start >= span.start) return {};
  return remedyForReferences(file, span) ?? remedyForQuote(line, file, span) ?? remedyForBracket(line) ?? {};
}

/** `[cd ${{ dirs.repo }}]` and `{text: ${{ params.text }}}`: without quotes the braces are YAML's. */
export function remedyForReferences(file: SourceFile, { start }: Span): DiagnosticExtras | undefined {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(start);
  const text = lines.lineText(line);
  if (!text.includes("${") || !/[[{,]/.test(text.replace(/\$\{\{?/g, ""))) return undefined;
  const edits = [...text.matchAll(REFERENCE_AMONG_BRACKETS)].map(({ 0: found, index }) => {
    const place = lines.lineStart(line) + index;
    const value = found.trimEnd();
    return { span: { start: place, end: place + value.length }, newText: `"${value}"` };
  });
  return {
    help: 'Between "[" and "]" or "{" and "}", put quotes around text that holds a reference.',
    fixes: edits.length === 0 ? [] : [{ title: "Put quotes around the reference", edits }],
  };
}

/** A whole item or value that holds references, and nothing that means something in quotes. */
const REFERENCE_AMONG_BRACKETS =
  /(?<=[[,] *|[[{,][^"']*: +)(?! )(?:[^'"\\[\]{},:#$]*\$\{\{[^{}'"\\]*\}\})+[^'"\\[\]{},:#]*(?=[,\]}])/g;

/** `break: 'a' == 'b'` and `- "$HOME/bin/make" all`: a value that begins with a quote ends with the next one. */
function remedyForQuote(
  { key, text, value, span }: WrittenLine,
  file: SourceFile,
  behind: Span,
): DiagnosticExtras | undefined {
  const quote = value.charAt(0);
  if (quote !== "'" && quote !== '"') return undefined;
  const other = quote === "'" ? '"' : "'";
  if (value.includes("\\") || value.includes(other)) return undefined;
  const isApart = file.text.charAt(behind.start - 1) === " ";
  if (!isApart) {
    // "echo "hi"": what stands between the outer quotes is meant.
    const inner = value.slice(1, -1);
    if (!value.endsWith(quote) || inner.split(quote).length % 2 === 0) return undefined;
    const whole = `${other}${inner}${other}`;
    return {
      help: `A value in quotes ends with the next quote of that kind. Put it in others: ${whole}`,
      fixes: [replaceBy("Put the value in other quotes", span, whole)],
    };
  }
  const isItem = key === undefined && /^\s*- /.test(text);
  const isCode = isItem || CODE.test(key ?? "") || OPERATOR.test(file.text.slice(behind.start, behind.end));
  if (!isCode) return undefined;
  const whole = `${other}${value}${other}`;
  return {
    help: `A value that begins with a quote ends with the next one. Put the whole value in quotes: ${whole}`,
    fixes: [replaceBy("Put the whole value in quotes", span, whole)],
  };
}

/** `- [ -f x ] && make`, `- {a} b` and `- | cat`: what the line begins with is a sign of YAML. */
function remedyForBracket({ value, span }: WrittenLine): DiagnosticExtras | undefined {
  if (!/^(?:\[.*\]\S* *\S|\{.*\}\S* *\S|[|>] *[^\s\d+-]|\*\S* +\S)/.test(value) || /(?:^|\s)#/.test(value))
    return undefined;
  const whole = inSingleQuotes(value);
  return {
    help: `A value that begins with "${value.charAt(0)}" means something else to YAML. Put the whole line in quotes: ${whole}`,
    fixes: [replaceBy("Put the whole value in quotes", span, whole)],
  };
}

/** What to do about a line that should be a key: `-make`, `alias:build`, or a type without its colon. */
export function remedyForBareLine(file: SourceFile, { start }: Span): DiagnosticExtras {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(start);
  const text = lines.lineText(line);
  const at = (index: number): Span => ({ start: lines.lineStart(line) + index, end: lines.lineStart(line) + index });
  const trimmed = text.trim();
  if (/^\s*-\w/.test(text)) {
    const fixes: Fix[] = [replaceBy('Write a space behind "-"', at(text.indexOf("-") + 1), " ")];
    return { help: `Write a space behind the "-": "- ${trimmed.slice(1)}".`, fixes };
  }
  const [, before, key = ""] = /^(\s*(?:- +)*)([a-zA-Z_][\w-]*):(?=[^\s/])/.exec(text) ?? [];
  if (before !== undefined) {
    const colon = before.length + key.length + 1;
    const fixes: Fix[] = [replaceBy("Write a space behind the colon", at(colon), " ")];
    return { help: `Write a space behind the colon: "${key}: ${text.slice(colon).trim()}".`, fixes };
  }
  const next = lines.lineText(line + 1);
  const isDeeper = next.search(/\S/) > text.search(/\S/) && /^\s*(?:- |[\w-]+:)/.test(next);
  if (!isDeeper || !/^\s*(?:- +)?[a-z_][\w-]*\s*$/i.test(text)) return {};
  const fixes: Fix[] = [replaceBy("Add the colon", at(text.trimEnd().length), ":")];
  return { help: `Write the colon: "${trimmed}:".`, fixes };
}
