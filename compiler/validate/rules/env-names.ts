import { ENV_NAME } from "../../model/pipeline.ts";
import type { Rule } from "../rule-context.ts";

/** Keys of `envs` are names of environment variables. */
export const envNames: Rule = ({ collector, pipeline }) => {
  for (const { name } of pipeline.envs) {
    if (!ENV_NAME.test(name.value)) {
      collector.report("validate/env-name", name.span, { name: name.value });
    }
  }
};
