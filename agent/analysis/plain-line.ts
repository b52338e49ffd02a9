import { stripVTControlCharacters } from "node:util";
import { LONGEST_TESTED_CHARACTERS } from "./sign.ts";

/**
 * A line of a log as a person reads it: without colours, of a progress bar only its last state, and no longer than what
 * the signs are tested on.
 */
export function plainLine(line: string): string {
  // Far longer lines are minified code or data; what they begin with is enough.
  let text = line.length > 4 * LONGEST_TESTED_CHARACTERS ? line.slice(0, 4 * LONGEST_TESTED_CHARACTERS) : line;
  if (text.includes("\u001b")) {
    text = stripVTControlCharacters(text);
  }
  if (text.includes("\r")) {
    text = text.split("\r").findLast((part) => part !== "") ?? "";
  }
  return text.length > LONGEST_TESTED_CHARACTERS ? text.slice(0, LONGEST_TESTED_CHARACTERS) : text;
}
