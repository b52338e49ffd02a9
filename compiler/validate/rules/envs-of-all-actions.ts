import type { Rule } from "../rule-context.ts";

/** Characters that the envs of all actions may take in a plan, which holds them once for each action. */
export const MOST_ENV_CHARACTERS = 50_000_000;

/** What one env takes beside its name and value: the words of the plan around them. */
const FRAME_CHARACTERS = 50;

/** `envs` go to every action: a thousand of them for a thousand actions are a million. */
export const envsOfAllActions: Rule = ({ actions, collector, pipeline }) => {
  const receivers = actions.filter(({ action }) => !action.disabled).length;
  let characters = 0;
  for (const { name, value } of pipeline.envs) {
    characters += receivers * (name.value.length + value.span.end - value.span.start + FRAME_CHARACTERS);
    if (characters <= MOST_ENV_CHARACTERS) continue;
    const params = { actions: receivers, limit: MOST_ENV_CHARACTERS };
    collector.report("validate/too-many-envs", name.span, params);
    return;
  }
};
