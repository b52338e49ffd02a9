import { sameParamHere } from "../../diagnostics/foreign-words.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear, replaceName } from "../../diagnostics/text-fixes.ts";
import type { Rule } from "../rule-context.ts";

/** Inputs are those that the action type declares; an unknown one reaches the action, but nothing may read it. */
export const knownParams: Rule = ({ actions, collector }) => {
  for (const { action, type } of actions) {
    if (!type || type.otherParams) continue;
    const names = type.params.map(({ name }) => name);
    for (const { key, keySpan } of action.params) {
      if (names.includes(key)) continue;
      const known = names.length > 0 ? `The params of "${type.name}" are ${names.join(", ")}.` : "It has no params.";
      const same = sameParamHere(type.name, key);
      const isFree = same !== undefined && !action.params.some((param) => param.key === same);
      const extras = isFree
        ? { help: `Write "${same}".`, fixes: replaceName(collector.file, keySpan, key, same) }
        : { help: didYouMean(key, names) ?? known, fixes: renameToNear(collector.file, keySpan, key, names) };
      collector.report("validate/unknown-param", keySpan, { type: type.name, param: key }, extras);
    }
  }
};
