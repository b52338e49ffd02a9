import { parseExpressionField } from "../../expression/parse-field.ts";
import type { ExpressionName } from "../../model/expression.ts";
import { EXPRESSION_NAMES } from "../../model/expression.ts";
import type { ExpressionField, Loop, LoopStrategy, Retry } from "../../model/pipeline.ts";
import type { YamlEntry, YamlNode } from "../../parse/tree.ts";
import { entriesOf, field, numberOf, wordsOf } from "./fields.ts";
import { type NamedContext, referenceContext } from "./read-context.ts";

/** An `if`; no names have a value in it. */
export function readCondition(node: YamlNode | undefined, context: NamedContext): ExpressionField | undefined {
  return readExpression(node, [], context);
}

/** `loop` with Erda's defaults applied (reference/erda.md 1.7). */
export function readLoop(node: YamlNode | undefined, context: NamedContext): Loop | undefined {
  if (node?.kind !== "map") return undefined;
  const strategy = field(node.entries, "strategy");
  return {
    break: readExpression(field(node.entries, "break"), EXPRESSION_NAMES, context),
    strategy: strategy ? readStrategy(entriesOf(strategy)) : DEFAULT_STRATEGY,
    span: node.span,
  };
}

/** Where `strategy` is absent. */
const DEFAULT_STRATEGY: LoopStrategy = { maxTimes: 10, ratio: 2, limitSeconds: 60, intervalSeconds: 2 };
const DEFAULT_INTERVAL_SECONDS = 2;

/** Where it is partly given: 0 and absent are the same. */
function readStrategy(entries: readonly YamlEntry[]): LoopStrategy {
  const intervalSeconds = numberIn(entries, "interval_sec") || DEFAULT_INTERVAL_SECONDS;
  const ratio = numberIn(entries, "decline_ratio");
  return {
    maxTimes: numberIn(entries, "max_times") || 1,
    ratio: ratio > 0 ? ratio : 1,
    limitSeconds: numberIn(entries, "decline_limit_sec") || intervalSeconds,
    intervalSeconds,
  };
}

/** Longest wait where a retry's waits grow and no limit is given; that of Erda's default loop. */
const DEFAULT_RETRY_LIMIT_SECONDS = 60;

/**
 * `retry`, in the words of `loop.strategy`. Unlike there, `max_times` counts the repetitions after the first try, and a
 * ratio above 1 without a limit does grow: up to 60 seconds.
 */
export function readRetry(node: YamlNode | undefined): Retry | undefined {
  if (node?.kind !== "map") return undefined;
  const intervalSeconds = numberIn(node.entries, "interval_sec") || DEFAULT_INTERVAL_SECONDS;
  const ratioGiven = numberIn(node.entries, "decline_ratio");
  const ratio = ratioGiven > 0 ? ratioGiven : 1;
  const limitGiven = numberIn(node.entries, "decline_limit_sec");
  const limitDefault = ratio > 1 ? Math.max(intervalSeconds, DEFAULT_RETRY_LIMIT_SECONDS) : intervalSeconds;
  return {
    maxTimes: numberOf(field(node.entries, "max_times"))?.value ?? 1,
    ratio,
    limitSeconds: limitGiven || limitDefault,
    intervalSeconds,
    span: node.span,
  };
}

function numberIn(entries: readonly YamlEntry[], key: string): number {
  return numberOf(field(entries, key))?.value ?? 0;
}

function readExpression(
  node: YamlNode | undefined,
  names: readonly ExpressionName[],
  context: NamedContext,
): ExpressionField | undefined {
  const text = wordsOf(node);
  if (!text || node?.kind !== "scalar") return undefined;
  const references = referenceContext(node, context, "expression");
  const expression = parseExpressionField(text.value, references, names);
  // Without the quotes of YAML, so that the places in the expression count from the text's first character.
  return expression && { expression, text: text.value, span: references.spanOf(0, text.value.length) };
}
