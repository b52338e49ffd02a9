import type { Word } from "./frames.ts";
import { createInserter } from "./insert-reference.ts";
import type { Lexer, Unit } from "./lexer.ts";
import { createProblemCollector, type Replacement } from "./problem.ts";
import type { ProgramWords } from "./programs.ts";

/** Would count the arguments of the program, or change them. */
const USES_ARGUMENTS = /\$\{?[@*#0-9!-]|\b(shift|set|getopts)\b/;

/**
 * Writes `sh -c "make ${{ x }}"` as `sh -c 'make "$1"' sh "${{ x }}"`; `undefined` where that may not be the same. What
 * is left has to be: a program in one pair of quotes, in which the outer shell expands nothing; no arguments behind it
 * and none used in it; references where the inner shell can take a variable.
 */
export function passAsArguments(program: ProgramWords, words: readonly Word[], lexer: Lexer): Replacement | undefined {
  const [word] = program.words;
  const reference = word?.references[0];
  if (program.shell === undefined || !word || !reference || word !== words.at(-1)) return undefined;
  const units = lexer.units.slice(word.start, word.end);
  const inner = contentOf(units);
  if (!inner || word.references.some((written) => written.reference.modifier !== undefined)) return undefined;
  const collector = createProblemCollector();
  const inserter = createInserter(/^(ba|k|mk|z)/.test(program.shell) ? "bash" : "posix", String);
  const script = lexer.rewriteWith(inner, inserter, collector).text;
  if (collector.problems.length > 0 || script.includes("'")) return undefined;
  const values = inserter.variables.map(({ spelling }) => `"${spelling}"`).join(" ");
  const newText = `'${script.replace(/"\$\{(\d)\}"/g, '"$$$1"')}' ${program.shell} ${values}`;
  const at = units.indexOf(reference);
  return {
    title: "Pass the value as an argument",
    reference,
    before: textOf(units.slice(0, at)),
    after: textOf(units.slice(at + 1)),
    newText,
  };
}

/** What stands between the quotes; `undefined` where the outer shell would change it. */
function contentOf(units: readonly Unit[]): readonly Unit[] | undefined {
  const quote = units[0];
  const inner = units.slice(1, -1);
  const isChanged = quote === '"' ? /["\\$`]/ : /'/;
  if ((quote !== '"' && quote !== "'") || units.at(-1) !== quote) return undefined;
  const plain = textOf(inner.map((unit) => (typeof unit === "string" ? unit : "")));
  if (isChanged.test(plain) || USES_ARGUMENTS.test(plain) || plain.includes("\n")) return undefined;
  // A reference alone in single quotes needs none.
  return inner.filter((unit, index) => {
    const isAlone = (at: number) => typeof inner[at] === "object" && inner[at - 1] === "'" && inner[at + 1] === "'";
    return unit !== "'" || !(isAlone(index + 1) || isAlone(index - 1));
  });
}

function textOf(units: readonly Unit[]): string {
  return units.map((unit) => (typeof unit === "string" ? unit : unit.text)).join("");
}
