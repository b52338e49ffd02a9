import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { Rule } from "../rule-context.ts";

/** `executor` names an executor of the installation, and so does the type of an action that names none. */
export const knownExecutor: Rule = ({ actions, collector, compile }) => {
  const names = [...compile.executors.keys()];
  for (const { action, type } of actions) {
    const { executor } = action;
    if (!executor) {
      if (type?.executor === undefined || type.native || action.disabled || names.includes(type.executor)) continue;
      const params = { type: type.name, executor: type.executor };
      collector.report("lower/unknown-executor-of-type", action.type.span, params);
    } else if (!compile.executors.has(executor.value)) {
      const help = didYouMean(executor.value, names) ?? `Executors are ${names.join(", ") || "none"}.`;
      const fixes = renameToNear(collector.file, executor.span, executor.value, names);
      collector.report("validate/unknown-executor", executor.span, { executor: executor.value }, { help, fixes });
    }
  }
};
