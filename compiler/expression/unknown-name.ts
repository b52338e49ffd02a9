import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import { nearNames } from "../diagnostics/suggest.ts";
import { renameToNear, replaceName } from "../diagnostics/text-fixes.ts";
import { EXPRESSION_NAMES, type ExpressionName } from "../model/expression.ts";
import type { Span } from "../source/span.ts";

/** What people of other systems write, and the same word here. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
  ["True", "true"],
  ["False", "false"],
]);

/** What people of other systems write, and how to do the same here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["null", "Compare with the empty text: != ''."],
  ["nil", "Compare with the empty text: != ''."],
  ["always", "An action with an `if` is judged also after a failure, so ${{ 1 == 1 }} always runs."],
  ["failure", "An action with an `if` is judged also after a failure; compare an output of the action that may fail."],
  ["success", "An action without `if` runs only while nothing has failed."],
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
    : renameToNear(collector.file, span, name, ELSEWHERE.has(name) ? [] : known);
  collector.report("expression/unknown-name", span, { name }, { help: helpFor(name, known), fixes });
}

function helpFor(name: string, known: readonly ExpressionName[]): string {
  const same = wordHere(name);
  if (same) return `Write "${same}".`;
  const elsewhere = ELSEWHERE.get(name);
  if (elsewhere) return elsewhere;
  if (EXPRESSION_NAMES.some((existing) => existing === name)) {
    return `"${name}" has a value only in "loop.break"; an "if" can compare outputs, params and configs.`;
  }
  const [near] = nearNames(name, known);
  return near ? `Did you mean "${near}"?` : `Put text in quotes: '${name}'.`;
}
