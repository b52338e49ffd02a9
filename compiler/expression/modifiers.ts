import { assertNever } from "../assert-never.ts";
import type { ReferenceModifier } from "../model/reference.ts";
import { codePointOf } from "./code-point.ts";

/**
 * Applies a modifier to the text of a reference: `escape` is Go's `strconv.Quote` (escapes and adds double quotes), the
 * others only add quotes. Source: reference/erda.md 1.7.
 */
export function applyModifier(text: string, modifier: ReferenceModifier | undefined): string {
  switch (modifier) {
    case undefined:
      return text;
    case "escape":
      return quoteLikeGo(text);
    case "wrap_double_quotes":
      return `"${text}"`;
    case "wrap_single_quotes":
      return `'${text}'`;
    /* v8 ignore next -- @preserve */
    default:
      return assertNever(modifier);
  }
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

function quoteLikeGo(text: string): string {
  let quoted = "";
  for (const character of text) {
    const code = codePointOf(character);
    const short = SHORT.get(character);
    if (short) quoted += short;
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) quoted += character;
    else if (code > 0xffff) quoted += `\\U${code.toString(16).padStart(8, "0")}`;
    else quoted += `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return `"${quoted}"`;
}
