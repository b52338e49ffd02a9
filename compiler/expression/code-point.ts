import { InternalCompilerError } from "../internal-compiler-error.ts";

/** Code point that a text begins with; a text that is not empty. */
export function codePointOf(text: string): number {
  const codePoint = text.codePointAt(0);
  if (codePoint === undefined) throw new InternalCompilerError("The empty text has no code point.");
  return codePoint;
}
