import { codePointOf } from "../code-point.ts";
import { PatternError } from "./pattern-error.ts";
import { type CharacterTest, isWordCharacter } from "./program.ts";

/** A pattern that is being read, as characters. */
export interface CharacterReader {
  readonly characters: readonly string[];
  index: number;
}

const isDigit: CharacterTest = (codePoint) => codePoint >= 48 && codePoint <= 57;
const isSpace: CharacterTest = (codePoint) => [9, 10, 12, 13, 32].includes(codePoint);
const not =
  (test: CharacterTest): CharacterTest =>
  (codePoint) =>
    !test(codePoint);

const SETS: ReadonlyMap<string, CharacterTest> = new Map([
  ["d", isDigit],
  ["D", not(isDigit)],
  ["s", isSpace],
  ["S", not(isSpace)],
  ["w", isWordCharacter],
  ["W", not(isWordCharacter)],
]);

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["f", 12],
  ["n", 10],
  ["r", 13],
  ["t", 9],
  ["v", 11],
]);

const POSIX_SETS: ReadonlyMap<string, RegExp> = new Map([
  ["alnum", /[0-9A-Za-z]/],
  ["alpha", /[A-Za-z]/],
  ["blank", /[\t ]/],
  ["digit", /[0-9]/],
  ["lower", /[a-z]/],
  ["punct", /[!-/:-@[-`{-~]/],
  ["space", /[\t\n\v\f\r ]/],
  ["upper", /[A-Z]/],
  ["word", /[0-9A-Za-z_]/],
  ["xdigit", /[0-9A-Fa-f]/],
]);

/** An escape behind its backslash: a set (`\d`), or one character, whose code point may begin a range. */
export function readEscape(reader: CharacterReader): { readonly test: CharacterTest; readonly codePoint?: number } {
  const character = reader.characters[reader.index++];
  if (character === undefined) throw new PatternError("it ends with a backslash");
  const set = SETS.get(character);
  if (set) return { test: set };
  if (character === "p" || character === "P") return { test: readUnicodeClass(reader, character === "P") };
  const codePoint = CONTROLS.get(character) ?? (character === "x" ? readHex(reader) : character.codePointAt(0));
  if (codePoint === undefined || (/[A-Za-z0-9]/.test(character) && character !== "x" && !CONTROLS.has(character))) {
    throw new PatternError(`"\\${character}" is not supported`);
  }
  return { test: (candidate) => candidate === codePoint, codePoint };
}

function readHex(reader: CharacterReader): number {
  const match = /^(?:\{([\da-fA-F]{1,6})\}|([\da-fA-F]{2}))/.exec(
    reader.characters.slice(reader.index, reader.index + 8).join(""),
  );
  const value = Number.parseInt(match ? match[0].replace("{", "") : "", 16);
  if (!match || value > 0x10ffff) throw new PatternError('"\\x" needs two hexadecimal digits');
  reader.index += match[0].length;
  return value;
}

/** `\p{Han}`, `\pL`: answered by JavaScript's own tables; one class against one character cannot backtrack. */
function readUnicodeClass(reader: CharacterReader, negated: boolean): CharacterTest {
  const match = /^(?:\{(\^?)(\w+)\}|()([A-Z]))/.exec(reader.characters.slice(reader.index, reader.index + 40).join(""));
  const name = match?.[2] ?? match?.[4];
  const known = name === undefined ? undefined : unicodeClass(name);
  if (!match || !known) throw new PatternError(`"\\p" names no class of characters`);
  reader.index += match[0].length;
  const inverted = negated !== (match[1] === "^");
  return (codePoint) => known.test(String.fromCodePoint(codePoint)) !== inverted;
}

function unicodeClass(name: string): RegExp | undefined {
  for (const property of [name, `Script=${name}`]) {
    try {
      return new RegExp(`^\\p{${property}}$`, "u");
    } catch {
      // Not a class of this sort; the caller reports a name that is of neither.
    }
  }
  return undefined;
}

/** `[a-z_]`, `[^\d]`, `[[:alpha:]]`: what stands behind the opening bracket. */
export function readClass(reader: CharacterReader): CharacterTest {
  const negated = reader.characters[reader.index] === "^";
  if (negated) reader.index++;
  const tests: CharacterTest[] = [];
  for (let first = true; ; first = false) {
    const character = reader.characters[reader.index];
    if (character === undefined) throw new PatternError('a "[" is not closed');
    if (character === "]" && !first) break;
    tests.push(readPosixSet(reader) ?? readRange(reader));
  }
  reader.index++;
  const test: CharacterTest = (codePoint) => tests.some((candidate) => candidate(codePoint));
  return negated ? not(test) : test;
}

function readPosixSet(reader: CharacterReader): CharacterTest | undefined {
  const match = /^\[:(\^?)(\w+):\]/.exec(reader.characters.slice(reader.index, reader.index + 16).join(""));
  const set = POSIX_SETS.get(match?.[2] ?? "");
  if (!match || !set) return undefined;
  reader.index += match[0].length;
  const negated = match[1] === "^";
  return (codePoint) => set.test(String.fromCodePoint(codePoint)) !== negated;
}

function readRange(reader: CharacterReader): CharacterTest {
  const from = readMember(reader);
  const isRange = reader.characters[reader.index] === "-" && reader.characters[reader.index + 1] !== "]";
  const start = from.codePoint;
  if (!isRange || start === undefined) return from.test;
  reader.index++;
  const end = readMember(reader).codePoint;
  if (end === undefined || end < start) throw new PatternError("a range of characters runs backwards");
  return (codePoint) => codePoint >= start && codePoint <= end;
}

function readMember(reader: CharacterReader): { readonly test: CharacterTest; readonly codePoint?: number } {
  const character = reader.characters[reader.index++];
  if (character === undefined) throw new PatternError('a "[" is not closed');
  if (character === "\\") return readEscape(reader);
  const codePoint = codePointOf(character);
  return { test: (candidate) => candidate === codePoint, codePoint };
}
