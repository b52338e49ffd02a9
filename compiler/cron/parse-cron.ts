import type { Cron, CronProblem, CronTimes, CronValues } from "./cron.ts";
import { neverComes } from "./days.ts";
import { CRON_FIELDS, type CronFieldSpec, everyValue } from "./fields.ts";
import { parseEvery } from "./parse-every.ts";
import { parseField } from "./parse-field.ts";

/** What a text means as `cron`, or everything that is wrong with it. */
export type ParsedCron =
  | { readonly cron: Cron; readonly problems: readonly CronProblem[] }
  | { readonly cron: undefined; readonly problems: readonly CronProblem[] };

const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/** The words that stand for an expression. */
export const CRON_DESCRIPTORS: readonly string[] = [...DESCRIPTORS.keys(), "@every"];

const EVERY_YEAR: CronValues = { values: everyValue(CRON_FIELDS.year), isStar: true };
const FIELDS = /\S+/g;

/**
 * Reads Erda's dialect of cron: 5 fields; 6 with the seconds in front; 7 with the year at the end (which Erda drops
 * without a word, and which counts here); `@daily` and its like; `@every` with a duration. A run starts at whole minutes,
 * so the seconds can only be 0. Source: reference/erda.md 1.8 (a fork of robfig/cron, version 1).
 */
export function parseCron(text: string): ParsedCron {
  const pieces = [...text.matchAll(FIELDS)].map((match) => ({ text: match[0], start: match.index }));
  const [first, second] = pieces;
  if (first === undefined) return failed({ kind: "field-count", count: 0, span: { start: 0, end: text.length } });
  const span = { start: first.start, end: text.trimEnd().length };
  const zone = /^(?:CRON_)?TZ=(.*)$/.exec(first.text)?.[1];
  if (zone !== undefined) {
    return failed({
      kind: "zone",
      text: first.text,
      zone,
      span: { start: span.start, end: span.start + first.text.length },
    });
  }
  if (first.text === "@every") {
    const start = second?.start ?? span.end;
    const every = parseEvery(text.slice(start, span.end), start);
    return "span" in every ? failed(every) : { cron: every, problems: [] };
  }
  if (first.text.startsWith("@")) {
    const expression = pieces.length === 1 ? DESCRIPTORS.get(first.text) : undefined;
    return expression === undefined
      ? failed({ kind: "descriptor", text: text.slice(span.start, span.end), span })
      : parseCron(expression);
  }
  if (pieces.length < 5 || pieces.length > 7) return failed({ kind: "field-count", count: pieces.length, span });
  return parseFields(pieces, span);
}

function parseFields(
  pieces: readonly { readonly text: string; readonly start: number }[],
  span: { readonly start: number; readonly end: number },
): ParsedCron {
  const problems: CronProblem[] = [];
  const rest = [...pieces];
  const read = (spec: CronFieldSpec, otherwise: CronValues): CronValues => {
    const piece = rest.shift();
    if (piece === undefined) return otherwise;
    const parsed = parseField(piece, spec);
    if (!("problems" in parsed)) {
      if (spec !== CRON_FIELDS.second || (parsed.values.length === 1 && parsed.values[0] === 0)) return parsed;
      const { start, text } = piece;
      problems.push({ kind: "seconds", text, span: { start, end: start + text.length } });
      return parsed;
    }
    problems.push(...parsed.problems);
    return otherwise;
  };
  if (pieces.length > 5) read(CRON_FIELDS.second, EVERY_YEAR);
  const cron: CronTimes = {
    kind: "times",
    minute: read(CRON_FIELDS.minute, EVERY_YEAR),
    hour: read(CRON_FIELDS.hour, EVERY_YEAR),
    dayOfMonth: read(CRON_FIELDS.dayOfMonth, EVERY_YEAR),
    month: read(CRON_FIELDS.month, EVERY_YEAR),
    dayOfWeek: read(CRON_FIELDS.dayOfWeek, EVERY_YEAR),
    year: read(CRON_FIELDS.year, EVERY_YEAR),
  };
  if (problems.length > 0) return { cron: undefined, problems };
  const days = neverComes(cron);
  return { cron, problems: days === undefined ? [] : [{ kind: "never", days, span }] };
}

function failed(problem: CronProblem): ParsedCron {
  return { cron: undefined, problems: [problem] };
}
