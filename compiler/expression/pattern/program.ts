import { codePointOf } from "../code-point.ts";

/** Whether a character (a code point) belongs to a set. */
export type CharacterTest = (codePoint: number) => boolean;

/** One step of a compiled pattern; `next`, `left` and `right` are indexes of steps. */
export type Step =
  | { readonly kind: "character"; readonly test: CharacterTest; readonly next: number }
  | { readonly kind: "split"; readonly left: number; readonly right: number }
  | { readonly kind: "assert"; readonly where: Assertion; readonly next: number }
  | { readonly kind: "match" };

/** `start`/`end` of the text or (with `m`) of a line, and word boundaries. */
export type Assertion = "text-start" | "text-end" | "line-start" | "line-end" | "boundary" | "no-boundary";

/** A pattern as steps of a non-deterministic automaton, begun at step `start`. */
export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

/**
 * Whether the pattern occurs anywhere in the text. All threads move together, one character at a time, so the time is
 * bounded by steps x characters whatever the pattern is: nothing can backtrack.
 */
export function occursIn(program: Program, text: string): boolean {
  const characters = Array.from(text, codePointOf);
  let threads = new Set<number>();
  for (let place = 0; ; place++) {
    if (enter(program, program.start, place, characters, threads)) return true;
    const next = new Set<number>();
    const character = characters[place];
    if (character === undefined) return false;
    for (const index of threads) {
      const step = program.steps[index];
      if (step?.kind === "character" && step.test(character)) {
        if (enter(program, step.next, place + 1, characters, next)) return true;
      }
    }
    threads = next;
  }
}

/** Adds every step that is reached without a character; `true` when the match is among them. */
function enter(
  program: Program,
  start: number,
  place: number,
  characters: readonly number[],
  threads: Set<number>,
): boolean {
  const waiting = [start];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (threads.has(index)) continue;
    threads.add(index);
    const step = program.steps[index];
    if (step?.kind === "match") return true;
    if (step?.kind === "split") waiting.push(step.right, step.left);
    if (step?.kind === "assert" && holds(step.where, place, characters)) waiting.push(step.next);
  }
  return false;
}

function holds(where: Assertion, place: number, characters: readonly number[]): boolean {
  switch (where) {
    case "text-start":
      return place === 0;
    case "text-end":
      return place === characters.length;
    case "line-start":
      return place === 0 || characters[place - 1] === LINE_FEED;
    case "line-end":
      return place === characters.length || characters[place] === LINE_FEED;
    case "boundary":
      return isWordAt(characters, place - 1) !== isWordAt(characters, place);
    case "no-boundary":
      return isWordAt(characters, place - 1) === isWordAt(characters, place);
  }
}

const LINE_FEED = 10;

function isWordAt(characters: readonly number[], place: number): boolean {
  const character = characters[place];
  return character !== undefined && isWordCharacter(character);
}

/** `\w` of RE2: ASCII letters, digits and `_`. */
export function isWordCharacter(codePoint: number): boolean {
  return (
    (codePoint >= 48 && codePoint <= 57) ||
    (codePoint >= 65 && codePoint <= 90) ||
    codePoint === 95 ||
    (codePoint >= 97 && codePoint <= 122)
  );
}
