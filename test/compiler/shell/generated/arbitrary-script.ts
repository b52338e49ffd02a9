import fc from "fast-check";
import { BASH_LEAVES } from "./bash-contexts.ts";
import type { Leaf, Piece, Wrapper } from "./piece.ts";
import { LEAVES } from "./posix-contexts.ts";
import { BASH_WRAPPERS, WRAPPERS } from "./wrappers.ts";

/** Spellings of references to a param, an output, a config or secret; all have the same value. */
const SPELLINGS = [
  "${{ params.note }}",
  "${params.note}",
  "${{ outputs.repo.note }}",
  "${outputs.repo.note}",
  "${repo:OUTPUT:note}",
  "${{ configs.note }}",
  "((note))",
  "((password))",
];

const REFERENCE = /\$\{\{[^{}]*\}\}|\$\{(params\.|outputs\.|repo:)[^{}]*\}|\(\((note|password)\)\)/g;

/** Stands for a value that no shell can take for anything else. */
export const PLAIN_WORD = "harmless";

/** The script with a plain word written into it, as Erda would. */
export function withPlainWord(script: string): string {
  return script.replace(REFERENCE, PLAIN_WORD);
}

/** Scripts of one or two statements, each in up to three contexts around each other. */
export function arbitraryScript(shell: "sh" | "bash"): fc.Arbitrary<Piece> {
  const leaves = shell === "bash" ? [...LEAVES, ...BASH_LEAVES] : LEAVES;
  const wrappers = shell === "bash" ? [...WRAPPERS, ...BASH_WRAPPERS] : WRAPPERS;
  const statement = fc
    .record({
      leaf: fc.constantFrom(...leaves),
      spelling: fc.constantFrom(...SPELLINGS),
      around: fc.array(fc.constantFrom(...wrappers), { maxLength: 3, size: "max" }),
      id: fc.nat(),
    })
    .map(({ leaf, spelling, around, id }) =>
      around.reduce((piece, wrapper) => wrap(piece, wrapper, id), start(leaf, spelling, id)),
    );
  const one = statement.map((piece) => [piece]);
  return fc
    .oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: fc.tuple(statement, statement) })
    .map(inSequence);
}

function start(leaf: Leaf, spelling: string, id: number): Piece {
  // To the shell `$((note))` is arithmetic, and the reader leaves it `\\${params.note}`.
  const isOfTheShell = /\$\(\(|\\\$\{[a-z]/.test(leaf.write(spelling, id));
  const reference = isOfTheShell ? "${{ params.note }}" : spelling;
  return { ...leaf, text: `${leaf.write(reference, id)}\n`, contexts: [leaf.name] };
}

function wrap(piece: Piece, wrapper: Wrapper, id: number): Piece {
  // POSIX leaves open what quotes in backticks in quotes mean (XCU 2.2.3), and bash loses its way where a "$(" follows.
  if (wrapper.name === "quoted backticks" && piece.text.includes("$(")) return piece;
  return {
    ...piece,
    text: wrapper.write(piece.text, id),
    prints: (value) => wrapper.prints(piece.prints(value)),
    contexts: [wrapper.name, ...piece.contexts],
  };
}

function inSequence(pieces: readonly Piece[]): Piece {
  const takes = ["a file's name", "small", "any"] as const;
  return {
    text: pieces.map(({ text }) => text).join(""),
    prints: (value) => pieces.map((piece) => piece.prints(value)).join(""),
    contexts: pieces.flatMap(({ contexts }) => contexts),
    takes: takes.find((least) => pieces.some((piece) => piece.takes === least)) ?? "any",
  };
}
