import type { Word } from "./frames.ts";
import type { Lexer, Unit } from "./lexer.ts";
import type { Replacement } from "./problem.ts";
import type { ProgramWords } from "./programs.ts";

/** In double quotes, nothing that printf or the shell would read but a line feed at the end. */
const PLAIN_FORMAT = /^"([^%\\"$`\n]*)(\\n)?"$/;

/**
 * Writes `printf "${{ x }}\n"` as `printf '%s\n' "${{ x }}"`; `undefined` where the format holds more than text, or has
 * arguments.
 */
export function printAsText(program: ProgramWords, words: readonly Word[], lexer: Lexer): Replacement | undefined {
  const [word] = program.words;
  const reference = word?.references[0];
  if (program.reader !== "printf" || !word || !reference || word !== words.at(-1)) return undefined;
  const units = lexer.units.slice(word.start, word.end);
  const format = PLAIN_FORMAT.exec(units.filter((unit) => typeof unit === "string").join(""));
  if (!format) return undefined;
  const lineFeed = format[2] ?? "";
  const at = units.indexOf(reference);
  const text = textOf(units.slice(1, units.length - 1 - lineFeed.length));
  return {
    title: "Print the value as a text",
    reference,
    before: textOf(units.slice(0, at)),
    after: textOf(units.slice(at + 1)),
    newText: `'%s${lineFeed}' "${text}"`,
  };
}

function textOf(units: readonly Unit[]): string {
  return units.map((unit) => (typeof unit === "string" ? unit : unit.text)).join("");
}
