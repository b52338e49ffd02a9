import type { Rule } from "../rule-context.ts";

/** An input that is a repository is no relative path: relative to what? An attempt starts in an empty directory. */
export const repositoryParams: Rule = ({ actions, collector }) => {
  for (const { action, type } of actions) {
    for (const { key, value } of action.params) {
      const param = type?.params.find(({ name }) => name === key);
      if (param?.format !== "repository" || value.kind !== "literal" || typeof value.value !== "string") continue;
      if (!RELATIVE_PATH.test(value.value)) continue;
      collector.report("validate/relative-repository", value.span, { value: value.value });
    }
  }
};

const RELATIVE_PATH = /^\s*\.{1,2}(\/|\s*$)/;
