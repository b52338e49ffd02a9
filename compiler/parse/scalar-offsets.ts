import type { ScalarStyle, YamlScalar } from "./tree.ts";

/**
 * Where each character of a scalar's text stands in the source: `offsets[i]` for character `i`, and one more entry for
 * the end. Escapes, folding and block indentation make the two differ, so the texts are walked side by side. Exact
 * for everything but white space, which is all that a span on a reference needs.
 */
export function scalarOffsets(scalar: YamlScalar, source: string): readonly number[] {
  const { start, end } = scalar.span;
  const offsets: number[] = [];
  let place = start + openingLength(scalar.style, source.slice(start, end));
  for (let index = 0; index < scalar.text.length; index++) {
    const wanted = scalar.text.charAt(index);
    if (isSpace(wanted)) {
      offsets.push(Math.min(place, end));
      if (source[place] === wanted) place++;
      else if (scalar.style === "double" && source[place] === "\\") place += escapeLength(source, place);
      continue;
    }
    while (place < end && skipsAt(scalar.style, source, place, wanted)) place++;
    offsets.push(Math.min(place, end));
    if (scalar.style === "double" && source[place] === "\\") {
      const length = escapeLength(source, place);
      place += length;
      // "\U0001F6D2" is one escape, and two characters of the text.
      if (length === LONG_ESCAPE && isSecondHalf(scalar.text.charCodeAt(index + 1))) {
        offsets.push(Math.min(place, end));
        index++;
      }
    } else if (scalar.style === "single" && source[place] === "'") place += 2;
    else place++;
  }
  offsets.push(Math.min(place, end));
  return offsets;
}

function openingLength(style: ScalarStyle, source: string): number {
  switch (style) {
    case "plain":
      return 0;
    case "single":
    case "double":
      return 1;
    case "literal":
    case "folded": {
      const lineEnd = source.indexOf("\n");
      return lineEnd === -1 ? source.length : lineEnd + 1;
    }
  }
}

function isSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\t" || character === "\r";
}

/** Characters of `\U0001F6D2`. */
const LONG_ESCAPE = 10;

/** Of the two UTF-16 code units that a character beyond U+FFFF takes. */
function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function skipsAt(style: ScalarStyle, source: string, place: number, wanted: string): boolean {
  const found = source.charAt(place);
  if (found === wanted) return false;
  // A backslash at the end of a line joins lines in double quotes; any other starts an escape of the wanted character.
  if (style === "double" && found === "\\") return /[\r\n]/.test(source.charAt(place + 1));
  return isSpace(found);
}

function escapeLength(source: string, place: number): number {
  switch (source[place + 1]) {
    case "x":
      return 4;
    case "u":
      return 6;
    case "U":
      return LONG_ESCAPE;
    default:
      return 2;
  }
}
