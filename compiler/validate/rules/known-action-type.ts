import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { Rule } from "../rule-context.ts";

/** Every action type exists. Under `unknownActions: "warn"` it is a warning, and no machine is emitted. */
export const knownActionType: Rule = ({ actions, collector, compile }) => {
  const names = [...compile.actionTypes.keys()];
  for (const { action, type } of actions) {
    if (type) continue;
    const help =
      didYouMean(action.type.value, names) ??
      `Known types are ${names.slice(0, 10).join(", ") || "none"}; "--actions <directory>" adds your own.`;
    const severity = compile.unknownActions === "warn" ? "warning" : "error";
    const { span, value } = action.type;
    const fixes = renameToNear(collector.file, span, value, names);
    collector.report("validate/unknown-action", span, { type: value }, { help, severity, fixes });
  }
};
