import type { Fix } from "../diagnostics/diagnostic.ts";
import { replaceBy } from "../diagnostics/text-fixes.ts";
import type { TextStyle } from "../model/pipeline.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Replacement } from "./problem.ts";

/**
 * A change of a script as a change of the file: none where YAML writes the script in a way (escapes, folded lines) in
 * which the place cannot be told for certain, or would read the new text as something else.
 */
export function fixAround(
  { after, before, newText, reference: written, title }: Replacement,
  file: SourceFile,
): readonly Fix[] {
  const {
    reference: { span },
    style,
  } = written;
  const head = inStyle(before, style);
  const tail = inStyle(after, style);
  const whole = { start: span.start - head.length, end: span.end + tail.length };
  const isThere = file.text.slice(whole.start, span.start) === head && file.text.slice(span.end, whole.end) === tail;
  return isThere ? [replaceBy(title, whole, inStyle(newText, style))] : [];
}

/** The text as YAML writes it in a style. What a plain scalar may not hold (": ", " #") is not in the script before either. */
function inStyle(text: string, style: TextStyle): string {
  switch (style) {
    case "literal":
    case "folded":
    case "plain":
      return text;
    case "single":
      return text.replaceAll("'", "''");
    case "double":
      return text.replace(/["\\]/g, "\\$&");
  }
}
