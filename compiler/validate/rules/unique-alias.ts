import type { Rule } from "../rule-context.ts";

/** An alias names one action of the whole pipeline (reference/erda.md 1.5). */
export const uniqueAlias: Rule = ({ actions, byAlias, collector }) => {
  for (const placed of actions) {
    const { alias } = placed.action;
    const first = byAlias.get(alias.value);
    if (!first || first === placed) continue;
    const related = [{ message: `"${alias.value}" is used here first.`, span: first.action.alias.span }];
    collector.report("validate/duplicate-alias", alias.span, { alias: alias.value }, { related });
  }
};
