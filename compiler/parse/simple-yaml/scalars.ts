import { meaningOfPlain } from "../scalar-meaning.ts";
import type { YamlScalar } from "../tree.ts";
import { type Cursor, isSpaceOrEnd, lineEndFrom, skipSpaces } from "./cursor.ts";

/** What no plain scalar starts with here; some may in YAML, as ":80" does, but that is left to the library. */
const NO_PLAIN_START = /[?:,[\]{}#&*!|>'"%@`]/;

/** Index behind the plain scalar at `at`, or `undefined` where none can stand. */
export function plainEnd(text: string, at: number, lineEnd: number, inFlow: boolean): number | undefined {
  const first = text[at] ?? "";
  if (at >= lineEnd || NO_PLAIN_START.test(first)) return undefined;
  const endsAt = (index: number) => isSpaceOrEnd(text, index) || (inFlow && isFlowIndicator(text[index]));
  if (first === "-" && endsAt(at + 1)) return undefined;
  let end = at;
  for (let index = at; index < lineEnd; index++) {
    switch (text[index]) {
      case " ":
        if (text[index + 1] === "#") return end;
        continue;
      case ":":
        if (endsAt(index + 1)) return end;
        break;
      case ",":
      case "[":
      case "]":
      case "{":
      case "}":
        if (inFlow) return end;
        break;
    }
    end = index + 1;
  }
  return end;
}

function isFlowIndicator(character: string | undefined): boolean {
  return character !== undefined && ",[]{}".includes(character);
}

/** The plain scalar between two indices. */
export function plainScalar({ text }: Cursor, start: number, end: number): YamlScalar {
  const content = text.slice(start, end);
  return { kind: "scalar", value: meaningOfPlain(content), text: content, style: "plain", span: { start, end } };
}

/** The scalar in quotes at `at`, without escapes and on one line; else `undefined`. */
export function readQuoted({ lineEnd, text }: Cursor, at: number): YamlScalar | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  let close = text.indexOf(quote, at + 1);
  if (quote === "'") while (close !== -1 && text[close + 1] === "'") close = text.indexOf("'", close + 2);
  if (close === -1 || close >= lineEnd) return undefined;
  const written = text.slice(at + 1, close);
  if (quote === '"' && written.includes("\\")) return undefined;
  const content = quote === "'" && written.includes("''") ? written.replaceAll("''", "'") : written;
  const style = quote === "'" ? "single" : "double";
  return { kind: "scalar", value: content, text: content, style, span: { start: at, end: close + 1 } };
}

/**
 * The literal scalar (`|` or `|-`) at `at`, whose lines are indented deeper than `column`; its span ends with its last
 * line that is not blank. `undefined` where it is empty, or white space at its edges would matter.
 */
export function readLiteral({ lineEnd, text }: Cursor, at: number, column: number): YamlScalar | undefined {
  const strips = text[at + 1] === "-";
  // White space of other kinds is a mistake here, which the library tells.
  if (skipSpaces(text, at + (strips ? 2 : 1)) !== lineEnd) return undefined;
  const indent = skipSpaces(text, lineEnd + 1) - (lineEnd + 1);
  if (indent <= column) return undefined;
  const lines: string[] = [];
  let blank = 0;
  let end = lineEnd + 1;
  for (let start = end; start < text.length; ) {
    const first = skipSpaces(text, start);
    const last = lineEndFrom(text, first);
    if (first === last) {
      if (last - start > indent || lines.length === 0) return undefined;
      blank++;
    } else if (first - start < indent) {
      break;
    } else {
      for (; blank > 0; blank--) lines.push("");
      lines.push(text.slice(start + indent, last));
      end = Math.min(last + 1, text.length);
    }
    start = last + 1;
  }
  const content = lines.join("\n") + (strips ? "" : "\n");
  return { kind: "scalar", value: content, text: content, style: "literal", span: { start: at, end } };
}
