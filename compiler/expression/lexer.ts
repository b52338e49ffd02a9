import type { DiagnosticCode } from "../diagnostics/catalog/index.ts";
import { createDiagnosticCollector, hasErrors } from "../diagnostics/collector.ts";
import type { DiagnosticExtras } from "../diagnostics/create-diagnostic.ts";
import { replaceBy } from "../diagnostics/text-fixes.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import { EXPRESSION_NAMES } from "../model/expression.ts";
import type { Span } from "../source/span.ts";
import { codePointOf } from "./code-point.ts";
import { foreignReference } from "./references/foreign-contexts.ts";
import { parseReference, REFERENCE_NAMESPACES } from "./references/parse-reference.ts";
import type { ReferenceContext } from "./references/reference-context.ts";
import { placeholderAt, splitTemplate } from "./references/split-template.ts";
import { SYMBOLS, type Token } from "./token.ts";

/**
 * Cuts an expression into tokens, the last of kind `end`. The first mistake is reported and ends it: `undefined`.
 * Grammar: govaluate v3 with Erda's placeholders (reference/erda.md 1.7); ours in addition: a bare `outputs.a.k`.
 */
export function tokenize(text: string, context: ReferenceContext): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    if (/\s/.test(text.charAt(index))) {
      index++;
      continue;
    }
    const token = tokenAt(text, index, context);
    if (!token) return undefined;
    tokens.push(token);
    index = token.end;
  }
  tokens.push({ kind: "end", start: text.length, end: text.length, text: "" });
  return tokens;
}

function tokenAt(text: string, index: number, context: ReferenceContext): Token | undefined {
  const character = text.charAt(index);
  if (character === "'" || character === '"') return stringAt(text, index, character, context);
  if (/\d|\.\d/.test(text.slice(index, index + 2)) && character !== " " && /[\d.]/.test(character)) {
    return numberAt(text, index, context);
  }
  if (character === "$" || (character === "(" && !isNameInBrackets(text, index))) {
    const collector = createDiagnosticCollector(context.collector.file);
    const placeholder = placeholderAt(text, index, { ...context, collector });
    if (placeholder?.reference || hasErrors(collector.diagnostics)) context.collector.add(collector.diagnostics);
    if (placeholder?.reference) return referenceToken(text, index, placeholder.end, placeholder.reference);
    if (hasErrors(collector.diagnostics)) return undefined;
    // Outside quotes a placeholder that refers to nothing cannot stay text.
    if (character === "$") return unknownPlaceholder(text, index, context);
  }
  if (/[\p{L}_]/u.test(character)) return wordAt(text, index, context);
  const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, index));
  if (symbol) return { kind: "symbol", start: index, end: index + symbol.length, text: symbol };
  if (character === "=") {
    const span = context.spanOf(index, index + 1);
    const extras = { help: 'Write "==" to compare.', fixes: [replaceBy('Write "=="', span, "==")] };
    context.collector.report("expression/unknown-operator", span, { found: "=" }, extras);
    return undefined;
  }
  const found = String.fromCodePoint(codePointOf(text.slice(index, index + 2)));
  return fail("expression/unknown-character", context.spanOf(index, index + found.length), found, context);
}

function stringAt(text: string, index: number, quote: string, context: ReferenceContext): Token | undefined {
  let value = "";
  const places: number[] = [];
  const placeOf = (at: number): number => {
    const place = places[at];
    if (place === undefined) throw new InternalCompilerError(`There is no character ${at} in the text.`);
    return place;
  };
  for (let place = index + 1; place < text.length; place++) {
    const character = text.charAt(place);
    if (character === quote) {
      places.push(place);
      const shifted: ReferenceContext = {
        ...context,
        language: "expression",
        spanOf: (from, to) => context.spanOf(placeOf(from), placeOf(to)),
      };
      const parts = splitTemplate(value, shifted);
      return { kind: "string", start: index, end: place + 1, text: text.slice(index, place + 1), parts };
    }
    places.push(place);
    const next = text[place + 1];
    // Only quotes and backslashes are escaped, so that '\d' is a pattern as it is everywhere else.
    if (character === "\\" && (next === "\\" || next === "'" || next === '"')) {
      value += next;
      place++;
    } else value += character;
  }
  context.collector.report("expression/unclosed-string", context.spanOf(index, text.length), {});
  return undefined;
}

function numberAt(text: string, index: number, context: ReferenceContext): Token | undefined {
  const word = wordOf(/[\p{L}\p{N}_.]+([eE][-+]\d+)?/uy, text, index);
  const isNumber = /^(0x[\da-fA-F]+|(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?)$/.test(word);
  const value = isNumber ? Number(word) : Number.NaN;
  if (Number.isFinite(value)) return { kind: "number", start: index, end: index + word.length, text: word, value };
  const shown = word.replace(/[eE][-+]\d+$/, "");
  const span = context.spanOf(index, index + shown.length);
  return fail("expression/bad-number", span, shown, context, [replaceBy("Put it in quotes", span, `'${shown}'`)]);
}

function wordAt(text: string, index: number, context: ReferenceContext): Token | undefined {
  const namespace = REFERENCE_NAMESPACES.find((name) => text.startsWith(`${name}.`, index));
  if (namespace) {
    const path = wordOf(/[^\s(){}[\]'"=!<>&|?:,*/%^~+]+/y, text, index);
    const end = index + path.length;
    const reference = parseReference(
      namespace,
      { path, index, span: context.spanOf(index, end) },
      context,
      splitTemplate,
    );
    return reference && referenceToken(text, index, end, reference);
  }
  if (reportForeignPath(text, index, context)) return undefined;
  const word = wordOf(/[\p{L}\p{N}_]+/uy, text, index);
  return { kind: "word", start: index, end: index + word.length, text: word };
}

/** `github.ref`: a reference of another system, told as a whole. */
function reportForeignPath(text: string, index: number, context: ReferenceContext): boolean {
  const path = wordOf(/\w+(\.[\w-]+)+/y, text, index);
  const foreign = path === "" ? undefined : foreignReference(path);
  if (!foreign) return false;
  const span = context.spanOf(index, index + path.length);
  const fixes = foreign.path ? [replaceBy(`Write "${foreign.path}"`, span, foreign.path)] : [];
  context.collector.report("expression/unknown-name", span, { name: path }, { help: foreign.help, fixes });
  return true;
}

/** What a sticky pattern matches from an index on; the empty text where it does not. */
function wordOf(pattern: RegExp, text: string, index: number): string {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? "";
}

/** `((task_status))` is a name in two pairs of brackets, not a config. */
function isNameInBrackets(text: string, index: number): boolean {
  const word = /^\(\((\w+)\)\)/.exec(text.slice(index))?.[1];
  return word === "true" || word === "false" || EXPRESSION_NAMES.some((name) => name === word);
}

function referenceToken(
  text: string,
  start: number,
  end: number,
  reference: Extract<Token, { kind: "reference" }>["reference"],
): Token {
  return { kind: "reference", start, end, text: text.slice(start, end), reference };
}

function unknownPlaceholder(text: string, index: number, context: ReferenceContext): undefined {
  const found = wordOf(/\$(\{\{?[^}]*\}{0,2})?/y, text, index);
  const help = "An expression may refer to outputs, dirs, params and configs; shell variables have no value here.";
  context.collector.report(
    "expression/unknown-name",
    context.spanOf(index, index + found.length),
    { name: found },
    { help },
  );
  return undefined;
}

type FoundCode = Extract<DiagnosticCode, "expression/unknown-character" | "expression/bad-number">;

function fail(
  code: FoundCode,
  span: Span,
  found: string,
  context: ReferenceContext,
  fixes: DiagnosticExtras["fixes"] = [],
): undefined {
  context.collector.report(code, span, { found }, { fixes });
  return undefined;
}
