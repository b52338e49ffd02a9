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
    const wanted = scalar.text[index] ?? "";
    if (isSpace(wanted)) {
      offsets.push(Math.min(place, end));
      if (source[place] === wanted) place++;
      else if (scalar.style === "double" && source[place] === "\\") place += escapeLength(source, place);
      continue;
    }
    while (place < end && skipsAt(scalar.style, source, place, wanted)) place++;
    offsets.push(Math.min(place, end));
    if (scalar.style === "double" && source[place] === "\\") place += escapeLength(source, place);
    else if (scalar.style === "single" && source[place] === "'") place += 2;
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

function skipsAt(style: ScalarStyle, source: string, place: number, wanted: string): boolean {
  const found = source[place] ?? "";
  if (found === wanted) return false;
  // A backslash at the end of a line joins lines in double quotes; any other starts an escape of the wanted character.
  if (style === "double" && found === "\\") return /[\r\n]/.test(source[place + 1] ?? "");
  return isSpace(found);
}

function escapeLength(source: string, place: number): number {
  switch (source[place + 1]) {
    case "x":
      return 4;
    case "u":
      return 6;
    case "U":
      return 10;
    default:
      return 2;
  }
}
