import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { Action } from "../../model/pipeline.ts";
import type { Rule } from "../rule-context.ts";

/**
 * An output that is referred to is declared by its action's type. An action with commands may put out more: what its
 * script mentions is believed. Where neither tells, it is a warning.
 */
export const declaredOutput: Rule = ({ byAlias, collector, references }) => {
  for (const { from, reference } of references) {
    if (reference.kind !== "output") continue;
    const target = byAlias.get(reference.action);
    // What an unknown type puts out is not known either, and the type was reported.
    if (!target?.type || target.action.disabled) continue;
    // A reference that stands too early was reported as such; a loop's break about its own action is judged at run time.
    if (from && target.stage >= from.stage) continue;
    const { name: type, outputs } = target.type;
    const { output, span } = reference;
    const names = outputs?.map(({ name }) => name) ?? [];
    if (names.includes(output) || mentions(target.action, output)) continue;
    if (!outputs || target.action.commands) {
      collector.report("validate/output-not-checked", span, { action: reference.action, output });
      continue;
    }
    const help = didYouMean(output, names) ?? `Its outputs are ${names.join(", ") || "none"}.`;
    const fixes = renameToNear(collector.file, span, output, names, [".", ":"]);
    collector.report("validate/undeclared-output", span, { type, output }, { help, fixes });
  }
};

function mentions({ commands }: Action, output: string): boolean {
  return commands?.parts.some((part) => typeof part === "string" && part.includes(output)) ?? false;
}
