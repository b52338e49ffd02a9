import { InternalCompilerError } from "../../internal-compiler-error.ts";
import { codePointOf } from "../code-point.ts";
import { type CharacterReader, readClass, readEscape } from "./character-class.ts";
import { PatternError } from "./pattern-error.ts";
import type { Assertion, CharacterTest } from "./program.ts";

/** A pattern as a tree. */
export type Pattern =
  | { readonly kind: "character"; readonly test: CharacterTest }
  | { readonly kind: "assert"; readonly where: Assertion }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  | { readonly kind: "choice"; readonly items: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly item: Pattern; readonly least: number; readonly most: number };

/** RE2 allows at most this many repetitions. */
const MOST_REPETITIONS = 1000;
const DEEPEST_PATTERN = 100;

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
}

interface Reader extends CharacterReader {
  depth: number;
}

/** Parses RE2 syntax as far as it decides whether a text matches. Throws `PatternError`. */
export function parsePattern(source: string): Pattern {
  const reader: Reader = { characters: [...source], index: 0, depth: 0 };
  const pattern = parseChoice(reader, { ignoreCase: false, multiLine: false, dotAll: false });
  if (reader.index < reader.characters.length) throw new PatternError('there is a ")" without "("');
  return pattern;
}

function parseChoice(reader: Reader, outer: Flags): Pattern {
  if (++reader.depth > DEEPEST_PATTERN) throw new PatternError("it is nested too deeply");
  const items: Pattern[] = [];
  let flags = outer;
  let sequence: Pattern[] = [];
  for (;;) {
    const character = reader.characters[reader.index];
    if (character === undefined || character === ")") break;
    if (character === "|") {
      reader.index++;
      items.push({ kind: "sequence", items: sequence });
      sequence = [];
      continue;
    }
    const changed = readInlineFlags(reader, flags);
    if (changed) flags = changed;
    else sequence.push(parseRepeat(reader, flags));
  }
  items.push({ kind: "sequence", items: sequence });
  reader.depth--;
  return { kind: "choice", items };
}

function parseRepeat(reader: Reader, flags: Flags): Pattern {
  let item = parseAtom(reader, flags);
  for (let count = 0; ; count++) {
    const bounds = readBounds(reader);
    if (!bounds) return item;
    if (count > 0) throw new PatternError("two repetitions stand one after the other");
    // Greedy or not makes no difference to whether it matches.
    if (reader.characters[reader.index] === "?") reader.index++;
    item = { kind: "repeat", item, ...bounds };
  }
}

function readBounds(reader: Reader): { least: number; most: number } | undefined {
  switch (reader.characters[reader.index]) {
    case "*":
      reader.index++;
      return { least: 0, most: Number.POSITIVE_INFINITY };
    case "+":
      reader.index++;
      return { least: 1, most: Number.POSITIVE_INFINITY };
    case "?":
      reader.index++;
      return { least: 0, most: 1 };
    case "{": {
      const rest = reader.characters.slice(reader.index, reader.index + 12).join("");
      const match = /^\{(\d+)(,(\d*))?\}/.exec(rest);
      if (!match) return undefined;
      const least = Number(match[1]);
      const most = match[2] === undefined ? least : match[3] === "" ? Number.POSITIVE_INFINITY : Number(match[3]);
      if (least > MOST_REPETITIONS || (most !== Number.POSITIVE_INFINITY && most > MOST_REPETITIONS) || most < least) {
        throw new PatternError(`"${match[0]}" is not a repetition of at most ${MOST_REPETITIONS}`);
      }
      reader.index += match[0].length;
      return { least, most };
    }
    default:
      return undefined;
  }
}

function parseAtom(reader: Reader, flags: Flags): Pattern {
  const character = reader.characters[reader.index++];
  if (character === undefined) throw new InternalCompilerError("There is nothing left of the pattern.");
  switch (character) {
    case "(":
      return parseGroup(reader, flags);
    case "[":
      return { kind: "character", test: foldCase(readClass(reader), flags) };
    case ".":
      return { kind: "character", test: flags.dotAll ? () => true : (codePoint) => codePoint !== 10 };
    case "^":
      return { kind: "assert", where: flags.multiLine ? "line-start" : "text-start" };
    case "$":
      return { kind: "assert", where: flags.multiLine ? "line-end" : "text-end" };
    case "*":
    case "+":
    case "?":
      throw new PatternError(`"${character}" has nothing to repeat`);
    case "\\":
      return parseEscape(reader, flags);
    default: {
      const wanted = codePointOf(character);
      return { kind: "character", test: foldCase((codePoint) => codePoint === wanted, flags) };
    }
  }
}

function parseEscape(reader: Reader, flags: Flags): Pattern {
  const assertion = ASSERTIONS.get(reader.characters[reader.index] ?? "");
  if (assertion) {
    reader.index++;
    return { kind: "assert", where: assertion };
  }
  return { kind: "character", test: foldCase(readEscape(reader).test, flags) };
}

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ["A", "text-start"],
  ["z", "text-end"],
  ["b", "boundary"],
  ["B", "no-boundary"],
]);

function parseGroup(reader: Reader, outer: Flags): Pattern {
  let flags = outer;
  if (reader.characters[reader.index] === "?") {
    const opening = /^\?(?:P?<\w+>|([imsU-]*):)/.exec(
      reader.characters.slice(reader.index, reader.index + 80).join(""),
    );
    if (!opening) throw new PatternError("look-around and conditions are not supported");
    reader.index += [...opening[0]].length;
    flags = changeFlags(outer, opening[1] ?? "");
  }
  const inner = parseChoice(reader, flags);
  if (reader.characters[reader.index] !== ")") throw new PatternError('a "(" is not closed');
  reader.index++;
  return inner;
}

/** `(?i)` changes the flags up to the end of its group. */
function readInlineFlags(reader: Reader, flags: Flags): Flags | undefined {
  const match = /^\(\?([imsU-]+)\)/.exec(reader.characters.slice(reader.index, reader.index + 12).join(""));
  if (!match) return undefined;
  reader.index += match[0].length;
  return changeFlags(flags, match[0].slice(2, -1));
}

function changeFlags(flags: Flags, change: string): Flags {
  const [on = "", off = ""] = change.split("-");
  const flag = (letter: string, before: boolean) => (on.includes(letter) || before) && !off.includes(letter);
  return {
    ignoreCase: flag("i", flags.ignoreCase),
    multiLine: flag("m", flags.multiLine),
    dotAll: flag("s", flags.dotAll),
  };
}

function foldCase(test: CharacterTest, { ignoreCase }: Flags): CharacterTest {
  if (!ignoreCase) return test;
  return (codePoint) => {
    if (test(codePoint)) return true;
    const character = String.fromCodePoint(codePoint);
    return [character.toLowerCase(), character.toUpperCase()].some(
      (other) => [...other].length === 1 && test(codePointOf(other)),
    );
  };
}
