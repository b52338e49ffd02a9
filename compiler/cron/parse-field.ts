import type { CronProblem, CronValues } from "./cron.ts";
import { allowedValues, type CronFieldSpec, everyValue } from "./fields.ts";

/** The values of a field, or everything that is wrong with it. */
export type ParsedField = CronValues | { readonly problems: readonly CronProblem[] };

/** A piece of the expression and where it starts. */
interface Piece {
  readonly text: string;
  readonly start: number;
}

interface Range {
  readonly values: readonly number[];
  readonly isStar: boolean;
}

/**
 * Reads one field: items between commas, each `*`, `?`, a value or a range, each with a step behind a slash. Like Erda's
 * parser, but for items that it reads as something else than they say (`*-5`, empty ones): those are wrong here.
 * Source: reference/erda.md 1.8.
 */
export function parseField(field: Piece, spec: CronFieldSpec): ParsedField {
  const problems: CronProblem[] = [];
  const ranges: Range[] = [];
  for (const item of split(field, ",")) {
    const range = readItem(item, spec);
    if ("kind" in range) problems.push(range);
    else ranges.push(range);
  }
  if (problems.length > 0) return { problems };
  const values = [...new Set(ranges.flatMap((range) => range.values))].sort((left, right) => left - right);
  return { values, isStar: ranges.some(({ isStar }) => isStar) };
}

function readItem(item: Piece, spec: CronFieldSpec): Range | CronProblem {
  const [range, step, ...moreSteps] = split(item, "/");
  if (moreSteps.length > 0) return wrong(item, spec, "has more than one slash", 'Write one step: "*/5" or "10-40/5".');
  const bounds = split(range, "-");
  const [from, to, ...moreBounds] = bounds;
  if (from.text === "" && to !== undefined) {
    return wrong(item, spec, "is negative", `Write a value of ${allowedValues(spec)}.`);
  }
  if (moreBounds.length > 0) {
    return wrong(item, spec, "has more than one hyphen", `Write one range: "${spec.least}-${spec.most}".`);
  }
  const every = step === undefined ? 1 : readStep(step, spec);
  if (typeof every !== "number") return every;
  if (isStar(from.text)) {
    if (to !== undefined) return wrong(item, spec, "is no range", `Write "${from.text}", or a range of two values.`);
    return { values: stepped(everyValue(spec), every), isStar: true };
  }
  const first = readValue(from, spec);
  if (typeof first !== "number") return first;
  // A step makes a single value the beginning of a range: "5/15" is "5-59/15".
  const end = to === undefined ? { text: "", start: from.start } : to;
  const last = to === undefined ? (step === undefined ? first : spec.most) : readValue(end, spec);
  if (typeof last !== "number") return last;
  if (first > last) {
    const around = [
      first === spec.most ? `${first}` : `${first}-${spec.most}`,
      last === spec.least ? `${last}` : `${spec.least}-${last}`,
    ].join(",");
    const replacement = step === undefined ? around : undefined;
    return wrong(range, spec, "ends before it begins", `To go over the end, write "${around}".`, replacement);
  }
  return { values: stepped(everyValue({ ...spec, least: first, most: last }), every), isStar: false };
}

function readStep(step: Piece, spec: CronFieldSpec): number | CronProblem {
  const number = /^\d{1,9}$/.test(step.text) ? Number(step.text) : 0;
  if (number > 0) return number;
  return wrong(step, spec, "is no step", "A step is a whole number, at least 1.");
}

/** What other dialects write here; Erda has none of it, and a schedule of them could not be what the author meant. */
const FOREIGN_CHARACTERS = /^(?:\d*[lw]|lw|\d#\d|[a-z]{3}#\d|[a-z]{3}l)$/i;

function readValue(value: Piece, spec: CronFieldSpec): number | CronProblem {
  const { least, most, names } = spec;
  const named = names.indexOf(value.text.toLowerCase());
  if (named !== -1) return least + named;
  if (value.text === "") return wrong(value, spec, "is empty", `Write a value of ${allowedValues(spec)}.`);
  if (!/^\d{1,9}$/.test(value.text)) return wrong(value, spec, "is no value", helpForWord(value.text, spec));
  const number = Number(value.text);
  if (number === 7 && names[0] === "sun") return wrong(value, spec, "is above 6", 'Sunday is 0, or "sun".', "0");
  if (number < least) return wrong(value, spec, `is below ${least}`, `Write a value of ${allowedValues(spec)}.`);
  if (number > most) return wrong(value, spec, `is above ${most}`, `Write a value of ${allowedValues(spec)}.`);
  return number;
}

function helpForWord(word: string, spec: CronFieldSpec): string {
  if (FOREIGN_CHARACTERS.test(word)) return "L, W and # are not part of cron here; name the days themselves.";
  const short = word.slice(0, 3).toLowerCase();
  return spec.names.includes(short) ? `Write "${short}".` : `Write a value of ${allowedValues(spec)}.`;
}

function wrong(
  piece: Piece,
  spec: CronFieldSpec,
  why: string,
  help: string,
  replacement?: string,
): Extract<CronProblem, { kind: "value" }> {
  return {
    kind: "value",
    span: { start: piece.start, end: piece.start + piece.text.length },
    text: piece.text,
    field: spec.name,
    why,
    allowed: allowedValues(spec),
    help,
    ...(replacement === undefined ? {} : { replacement }),
  };
}

function stepped(values: readonly number[], step: number): readonly number[] {
  return values.filter((_, index) => index % step === 0);
}

function isStar(text: string): boolean {
  return text === "*" || text === "?";
}

/** The pieces between separators; there is always one. */
function split({ text, start }: Piece, separator: string): [Piece, ...Piece[]] {
  const [first = "", ...others] = text.split(separator);
  let next = start + first.length + 1;
  const pieces = others.map((other) => {
    const piece = { text: other, start: next };
    next += other.length + 1;
    return piece;
  });
  return [{ text: first, start }, ...pieces];
}
