import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { Located } from "../../source/span.ts";
import type { Rule } from "../rule-context.ts";

/** `executor` names an executor of the installation, in an action and in `defaults`, and so does the type of an action. */
export const knownExecutor: Rule = ({ actions, collector, compile, pipeline }) => {
  const names = [...compile.executors.keys()];
  const check = (executor: Located<string> | undefined) => {
    if (!executor || compile.executors.has(executor.value)) return;
    const known = `Executors are ${names.join(", ") || "none"}.`;
    const help = [didYouMean(executor.value, names), known].filter((text) => text !== undefined).join(" ");
    const fixes = renameToNear(collector.file, executor.span, executor.value, names);
    collector.report("validate/unknown-executor", executor.span, { executor: executor.value }, { help, fixes });
  };
  check(pipeline.defaultExecutor);
  for (const { action, executorReason, type } of actions) {
    check(action.executor);
    const { executor } = executorReason === "type" && type ? type : {};
    if (executor === undefined || action.disabled || names.includes(executor)) continue;
    collector.report("lower/unknown-executor-of-type", action.type.span, { type: action.type.value, executor });
  }
};
