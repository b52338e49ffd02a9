import type { DiagnosticCollector } from "../../diagnostics/collector.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { PlacedReference } from "../find-references.ts";
import type { PlacedAction } from "../placed-action.ts";
import type { Rule, RuleContext } from "../rule-context.ts";

/**
 * A reference to an action's output or directory stands in a later stage than that action (reference/erda.md 1.7). A
 * loop's `break` is judged after its own action, so it may refer to that action's outputs. Disabled actions leave
 * nothing behind: for a directory Erda refuses the run; for an output it only warns, and what needs it fails when its
 * turn comes (precheck.go, visitor_ref_op.go).
 */
export const referenceOrder: Rule = (context) => {
  for (const placed of context.references) {
    const target = targetOf(placed, context);
    if (target) checkOrder(placed, target, context);
  }
};

function targetOf({ reference }: PlacedReference, { byAlias, byDirectory }: RuleContext): PlacedAction | undefined {
  if (reference.kind === "output") return byAlias.get(reference.action);
  return reference.kind === "dir" ? byDirectory.get(reference.namespace) : undefined;
}

function checkOrder(
  { field, from, reference }: PlacedReference,
  target: PlacedAction,
  { collector }: RuleContext,
): void {
  const { span } = reference;
  const action = target.action.alias.value;
  const related = [{ message: `"${action}" stands here.`, span: target.action.alias.span }];
  if (field === "envs" || field === "default" || field === "labels") {
    collector.report("validate/reference-too-early", span, { key: field, action });
    return;
  }
  if (target.action.disabled) {
    reportDisabled({ field, from, reference }, action, related, collector);
    return;
  }
  // Outputs of the pipeline are read when everything has ended.
  if (!from) return;
  const params = { action, from: from.action.alias.value };
  if (target === from) {
    if (field !== "break" || reference.kind !== "output") collector.report("validate/self-reference", span, { action });
  } else if (target.stage === from.stage) {
    collector.report("validate/parallel-reference", span, params, { related });
  } else if (target.stage > from.stage) {
    collector.report("validate/later-reference", span, params, { related });
  }
}

function reportDisabled(
  { field, from, reference }: PlacedReference,
  action: string,
  related: readonly RelatedPlace[],
  collector: DiagnosticCollector,
): void {
  if (reference.kind !== "output") {
    collector.report("validate/disabled-reference", reference.span, { action }, { related });
    return;
  }
  const isJudged = field === "if" || field === "break";
  const effect = isJudged
    ? "It is the empty text here"
    : from
      ? `"${from.action.alias.value}" fails when its turn comes`
      : "The output will be missing";
  const help = `${effect}; remove "disable: true" from "${action}", or the reference.`;
  collector.report("validate/disabled-output", reference.span, { action, output: reference.output }, { related, help });
}
