import type { Rule } from "../rule-context.ts";

/** A param that a type takes from the environment where it is not given: then the environment has to have it. */
export const paramsFromEnvs: Rule = ({ actions, collector, pipeline }) => {
  for (const { action, type } of actions) {
    if (action.disabled) continue;
    for (const { default: value, defaultEnv, name } of type?.params ?? []) {
      if (defaultEnv === undefined || value !== undefined) continue;
      if (action.params.some(({ key }) => key === name) || pipeline.envs.some((env) => env.name.value === defaultEnv))
        continue;
      const params = { action: action.alias.value, param: name, variable: defaultEnv };
      collector.report("validate/param-from-env", action.type.span, params);
    }
  }
};
