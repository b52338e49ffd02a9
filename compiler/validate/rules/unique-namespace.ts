import type { Rule } from "../rule-context.ts";

/**
 * A directory is left behind by one action. Erda misses duplicates within a stage (reference/erda.md 1.5); here they
 * are errors too, because the later one would win by chance. Equal aliases are reported by another rule.
 */
export const uniqueNamespace: Rule = ({ actions, byAlias, collector }) => {
  const seen = new Map([...byAlias].map(([alias, placed]) => [alias, placed.action.alias.span]));
  for (const { action } of actions) {
    for (const { span, value } of action.namespaces) {
      const first = seen.get(value);
      if (!first) {
        seen.set(value, span);
        continue;
      }
      const related = [{ message: `"${value}" is left behind here too.`, span: first }];
      collector.report("validate/duplicate-namespace", span, { namespace: value }, { related });
    }
  }
};
