import { InternalCompilerError } from "../internal-compiler-error.ts";

/**
 * Near names for "Did you mean …?", best first, at most three. Letters, case and swapped neighbours count; the
 * distance may be a third of the name's length. Like graphql-js `suggestionList` (reference/model-codebases.md 2.1).
 */
export function nearNames(name: string, candidates: Iterable<string>): readonly string[] {
  if (name.length > LONGEST_NAME) return [];
  const near: { candidate: string; distance: number }[] = [];
  const wanted = normalise(name);
  let looked = 0;
  for (const candidate of candidates) {
    if (++looked > MOST_CANDIDATES) break;
    if (candidate.length > LONGEST_NAME || candidate === name) continue;
    const limit = Math.max(1, Math.floor(Math.max(name.length, candidate.length) * 0.34));
    const distance =
      normalise(candidate) === wanted ? 0 : editDistance(name.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance <= limit && !near.some((other) => other.candidate === candidate)) near.push({ candidate, distance });
  }
  near.sort((left, right) => left.distance - right.distance || (left.candidate < right.candidate ? -1 : 1));
  return near.slice(0, 3).map(({ candidate }) => candidate);
}

/** `Did you mean "build" or "built"?`, or `undefined` when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const names = nearNames(name, candidates).map((near) => `"${near}"`);
  return names.length === 0 ? undefined : `Did you mean ${joinWords(names, "or")}?`;
}

/** `"a", "b" and "c"`. */
export function joinWords(words: readonly string[], last: "or" | "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** `maxTimes`, `max-times` and `max_times` are the same word to a reader. */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_. ]/g, "");
}

/** Looked at per name: in a file of thousands of actions, each with a mistake, all pairs would take minutes. */
const MOST_CANDIDATES = 200;
/** Longer names get no suggestions: the time grows with the product of the lengths. */
const LONGEST_NAME = 80;

/** Optimal string alignment distance: insert, delete, replace, swap neighbours. Beyond `limit` it is infinite. */
function editDistance(left: string, right: string, limit: number): number {
  const from = [...left];
  const to = [...right];
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      }
      current.push(cost);
    }
    // A row grows from the two before it, and costs only ever add up.
    if (Math.min(...current) > limit && Math.min(...last) > limit) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  const distance = row[column];
  if (distance === undefined) throw new InternalCompilerError(`There is no column ${column}.`);
  return distance;
}
