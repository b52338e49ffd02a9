import type { Rule } from "../rule-context.ts";

/** An alias holds anything but a backslash (reference/erda.md 1.5). */
export const legalAlias: Rule = ({ actions, collector }) => {
  for (const { action } of actions) {
    for (const { span, value } of [action.alias, ...action.namespaces]) {
      if (value.includes("\\")) collector.report("validate/alias-with-backslash", span, { alias: value });
    }
  }
};
