import type { Value } from "../../model/value.ts";
import type { Rule } from "../rule-context.ts";

/** Required inputs of known action types are given. (Erda only warns, and the action fails at run time.) */
export const requiredParams: Rule = ({ actions, collector }) => {
  for (const { action, type } of actions) {
    for (const param of type?.params ?? []) {
      if (!param.required || param.default !== undefined) continue;
      const given = action.params.find(({ key }) => key === param.name);
      if (given && !isNothing(given.value)) continue;
      const span = given?.keySpan ?? action.type.span;
      collector.report("validate/missing-param", span, { type: action.type.value, param: param.name });
    }
  }
};

function isNothing(value: Value): boolean {
  return value.kind === "literal" && value.value === null;
}
