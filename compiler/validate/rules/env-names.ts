import type { Rule } from "../rule-context.ts";

/** Keys of `envs` are names of environment variables (reference/erda.md 1.4). */
export const envNames: Rule = ({ collector, pipeline }) => {
  for (const { name } of pipeline.envs) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name.value)) {
      collector.report("validate/env-name", name.span, { name: name.value });
    }
  }
};
