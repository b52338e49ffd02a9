import { sameTypeHere } from "../../diagnostics/foreign-words.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear, replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Rule } from "../rule-context.ts";

/** Every action type exists. Under `unknownActions: "warn"` it is a warning, and no machine is emitted. */
export const knownActionType: Rule = ({ actions, collector, compile }) => {
  const names = [...compile.actionTypes.keys()];
  for (const { action, type } of actions) {
    if (type) continue;
    const same = sameTypeHere(action.type.value, compile.actionTypes);
    const help =
      (same && `Write "${same}".`) ??
      didYouMean(action.type.value, names) ??
      `Known types are ${names.slice(0, 10).join(", ") || "none"}; "--actions <directory>" adds your own.`;
    const severity = compile.unknownActions === "warn" ? "warning" : "error";
    const { span, value } = action.type;
    // With the version, which is that of the other system.
    const fixes = same ? [replaceBy(`Write "${same}"`, span, same)] : renameToNear(collector.file, span, value, names);
    collector.report("validate/unknown-action", span, { type: value }, { help, severity, fixes });
  }
};
