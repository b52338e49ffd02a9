import type { Rule } from "../rule-context.ts";

/** A state of Step Functions waits: there is nothing that could run commands, repeat or be timed out. */
export const effectOnWait: Rule = ({ actions, collector }) => {
  for (const { action, type } of actions) {
    if (!type?.native || action.disabled) continue;
    const { commands, executor, image, loop, retry, shell, timeoutSeconds } = action;
    const keys = { commands, executor, image, loop, retry, shell, timeout: timeoutSeconds };
    for (const [key, field] of Object.entries(keys)) {
      if (field) collector.report("lower/no-effect-on-wait", field.span, { key, type: action.type.value });
    }
  }
};
