import { printable } from "../diagnostics/code-frame.ts";
import type { FormatOptions } from "../diagnostics/format.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { AppliedFix } from "./applied-fix.ts";

const RED = 31;
const GREEN = 32;
const FAINT = 2;

/**
 * Applied fixes for people: `file:line:column: what was done [code]`, the place counted in the text as it was, then the
 * lines that went and those that came. Ends without a line feed; no fixes give the empty text.
 */
export function formatFixes(file: SourceFile, applied: readonly AppliedFix[], options: FormatOptions = {}): string {
  const paint = (code: number, text: string) => (options.color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return applied
    .map(({ added, code, column, line, removed, title }) =>
      [
        `${file.name}:${line}:${column}: ${printable(title)}. ${paint(FAINT, `[${code}]`)}`,
        ...removed.map((text) => paint(RED, `  - ${printable(text)}`)),
        ...added.map((text) => paint(GREEN, `  + ${printable(text)}`)),
      ].join("\n"),
    )
    .join("\n\n");
}
