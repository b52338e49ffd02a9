import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { nearNames } from "../diagnostics/suggest.ts";
import { renameToNear, replaceBy, replaceName } from "../diagnostics/text-fixes.ts";
import { EXPRESSION_NAMES, type ExpressionName } from "../model/expression.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

/** What people of other systems write, and the same word here. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
  ["True", "true"],
  ["False", "false"],
]);

const ALWAYS = "An action with an `if` is judged also after a failure, so ${{ 1 == 1 }} always runs.";

/** What people of other systems write, and how to do the same here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["null", "Compare with the empty text: != ''."],
  ["nil", "Compare with the empty text: != ''."],
  ["always", ALWAYS],
  ["failure", "An action with an `if` is judged also after a failure; compare an output of the action that may fail."],
  ["success", "An action without `if` runs only while nothing has failed."],
  ["cancelled", `What is cancelled ends at once, and nothing of it runs any more. ${ALWAYS}`],
  [
    "contains",
    "There are no functions: a part is found by a pattern (value =~ 'part'), an item by: value in ('a', 'b').",
  ],
  ["startsWith", "There are no functions: compare with a pattern that begins with ^: value =~ '^release/'."],
  ["endsWith", "There are no functions: compare with a pattern that ends with $: value =~ '[.]md$'."],
  ...["format", "join", "toJSON", "fromJSON", "hashFiles"].map(
    (name) =>
      [name, "There are no functions: compute the value in the commands of an action that puts it out."] as const,
  ),
]);

/** The same where a try of a loop has just ended. */
const AFTER_A_TRY: ReadonlyMap<string, string> = new Map([
  ["success", "Write: task_status == 'Success'."],
  ["failure", "Write: task_status == 'Failed'."],
  ["always", "Write 1 == 1: then there is one try."],
  ["cancelled", "What is cancelled is not tried again; compare task_status with 'Success', 'Failed' or 'Timeout'."],
]);

/** What a call without arguments is here. */
const CALLS: ReadonlyMap<string, string> = new Map([["always", "1 == 1"]]);

/** The same where a try of a loop has just ended. */
const CALLS_AFTER_A_TRY: ReadonlyMap<string, string> = new Map([
  ...CALLS,
  ["success", "task_status == 'Success'"],
  ["failure", "task_status == 'Failed'"],
]);

/** What another system's word is here: `and` is `&&`. */
export function wordHere(name: string): string | undefined {
  return SAME_AS.get(name);
}

/** Reports a bare word that is no name here, with the nearest remedy. */
export function reportUnknownName(
  name: string,
  span: Span,
  known: readonly ExpressionName[],
  collector: DiagnosticCollector,
): void {
  const same = wordHere(name);
  const fixes = same
    ? replaceName(collector.file, span, name, same)
    : ELSEWHERE.has(name)
      ? replaceCall(name, span, known, collector.file)
      : renameToNear(collector.file, span, name, known);
  collector.report("expression/unknown-name", span, { name }, { help: helpFor(name, known), fixes });
}

/** Replaces `name()` by the comparison that says the same. */
function replaceCall(
  name: string,
  { start, end }: Span,
  known: readonly string[],
  { text }: SourceFile,
): readonly Fix[] {
  const comparison = (isAfterATry(known) ? CALLS_AFTER_A_TRY : CALLS).get(name);
  const call = /^\s*\(\s*\)/.exec(text.slice(end, end + 20))?.[0];
  // In a text in single quotes the quotes of the comparison would have to be doubled.
  if (comparison === undefined || call === undefined || text.slice(start, end) !== name) return [];
  if (comparison.includes("'") && /'[^']*$/.test(text.slice(text.lastIndexOf("\n", start) + 1, start))) return [];
  return [replaceBy(`Write ${comparison}`, { start, end: end + call.length }, comparison)];
}

function isAfterATry(known: readonly string[]): boolean {
  return known.includes("task_status");
}

function helpFor(name: string, known: readonly ExpressionName[]): string {
  const same = wordHere(name);
  if (same) return `Write "${same}".`;
  const elsewhere = (isAfterATry(known) ? AFTER_A_TRY.get(name) : undefined) ?? ELSEWHERE.get(name);
  if (elsewhere) return elsewhere;
  if (EXPRESSION_NAMES.some((existing) => existing === name)) {
    return `"${name}" has a value only in "loop.break"; an "if" can compare outputs, params and configs.`;
  }
  const [near] = nearNames(name, known);
  return near ? `Did you mean "${near}"?` : `Put text in quotes: '${name}'.`;
}
