import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import { nearNames } from "../diagnostics/suggest.ts";
import { EXPRESSION_NAMES, type ExpressionName } from "../model/expression.ts";
import type { Span } from "../source/span.ts";

/** What people of other systems write, and what does the same here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["and", 'Write "&&".'],
  ["or", 'Write "||".'],
  ["not", 'Write "!".'],
  ["True", 'Write "true".'],
  ["False", 'Write "false".'],
  ["null", "Compare with the empty text: != ''."],
  ["nil", "Compare with the empty text: != ''."],
  ["always", "An action with an `if` is judged also after a failure, so ${{ 1 == 1 }} always runs."],
  ["failure", "An action with an `if` is judged also after a failure; compare an output of the action that may fail."],
  ["success", "An action without `if` runs only while nothing has failed."],
]);

/** Reports a bare word that is no name here, with the nearest remedy. */
export function reportUnknownName(
  name: string,
  span: Span,
  known: readonly ExpressionName[],
  collector: DiagnosticCollector,
): void {
  collector.report("expression/unknown-name", span, { name }, { help: helpFor(name, known) });
}

function helpFor(name: string, known: readonly ExpressionName[]): string {
  const elsewhere = ELSEWHERE.get(name);
  if (elsewhere) return elsewhere;
  if (EXPRESSION_NAMES.some((existing) => existing === name)) {
    return `"${name}" has a value only in "loop.break"; an "if" can compare outputs, params and configs.`;
  }
  const [near] = nearNames(name, known);
  return near ? `Did you mean "${near}"?` : `Put text in quotes: '${name}'.`;
}
