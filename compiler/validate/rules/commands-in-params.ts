import type { Rule } from "../rule-context.ts";

/**
 * `commands` under `params`, of an action that has no commands: people who come from types with scripts put them there,
 * where they are an environment variable that nothing reads.
 */
export const commandsInParams: Rule = ({ actions, collector }) => {
  for (const { action, type } of actions) {
    if (!type?.otherParams || type.script !== undefined || action.commands || action.disabled) continue;
    const misplaced = action.params.find(({ key }) => key === "commands");
    if (!misplaced) continue;
    collector.report("validate/commands-in-params", misplaced.keySpan, { action: action.alias.value });
  }
};
