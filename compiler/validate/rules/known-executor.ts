import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { Rule } from "../rule-context.ts";

/** `executor` names an executor of the installation. */
export const knownExecutor: Rule = ({ actions, collector, compile }) => {
  const names = [...compile.executors.keys()];
  for (const { action } of actions) {
    const { executor } = action;
    if (!executor || compile.executors.has(executor.value)) continue;
    const help = didYouMean(executor.value, names) ?? `Executors are ${names.join(", ") || "none"}.`;
    const fixes = renameToNear(collector.file, executor.span, executor.value, names);
    collector.report("validate/unknown-executor", executor.span, { executor: executor.value }, { help, fixes });
  }
};
