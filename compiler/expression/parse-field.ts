import { createDiagnosticCollector, type DiagnosticCollector, hasErrors } from "../diagnostics/collector.ts";
import type { Expression, ExpressionName } from "../model/expression.ts";
import { parseExpression } from "./parser.ts";
import type { ReferenceContext } from "./references/reference-context.ts";

/**
 * Parses the text of an `if` or `loop.break`; `undefined` where it reports an error. One leading `${{` and the trailing `}}` around the whole are optional, as in
 * Erda. Where they belong to two placeholders (`${{ outputs.a.k }} == ${{ outputs.b.k }}`) they stay.
 */
export function parseExpressionField(
  text: string,
  context: ReferenceContext,
  names: readonly ExpressionName[],
): Expression | undefined {
  const inner = stripBraces(text);
  if (!inner) return accept(attempt(text, context, names));
  const stripped = attempt(inner.text, shift(context, inner.start), names);
  if (!hasErrors(stripped.collector.diagnostics)) return accept(stripped);
  const whole = attempt(text, context, names);
  return accept(hasErrors(whole.collector.diagnostics) ? stripped : whole);

  function accept({ expression, collector }: Attempt): Expression | undefined {
    context.collector.add(collector.diagnostics);
    // A mistake inside quotes leaves a string that means something else than what was written.
    return hasErrors(collector.diagnostics) ? undefined : expression;
  }
}

/** The text between one leading `${{` and one trailing `}}`; `undefined` when it has not both. */
export function stripBraces(text: string): { readonly text: string; readonly start: number } | undefined {
  const leading = text.length - text.trimStart().length;
  const end = text.trimEnd().length - 2;
  if (!text.startsWith("${{", leading) || !text.startsWith("}}", end) || end < leading + 3) return undefined;
  return { text: text.slice(leading + 3, end), start: leading + 3 };
}

interface Attempt {
  readonly expression: Expression | undefined;
  readonly collector: DiagnosticCollector;
}

function attempt(text: string, context: ReferenceContext, names: readonly ExpressionName[]): Attempt {
  const collector = createDiagnosticCollector(context.collector.file);
  return { expression: parseExpression(text, { ...context, collector }, names), collector };
}

function shift(context: ReferenceContext, by: number): ReferenceContext {
  return { ...context, spanOf: (start, end) => context.spanOf(start + by, end + by) };
}
