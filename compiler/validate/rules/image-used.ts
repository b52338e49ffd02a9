import type { Rule } from "../rule-context.ts";

/**
 * An image that the user wrote has an effect; on the `process` executor it has none. Of native
 * types another rule says it. Where the file is only compiled, the executor of an action that names none is not known.
 */
export const imageUsed: Rule = ({ actions, collector, compile }) => {
  for (const { action, executor, executorReason, type } of actions) {
    if (compile.defaultExecutorIsOpen === true && executorReason === "installation") continue;
    if (action.image && executor && !executor.usesImage && !type?.native) {
      collector.report("validate/image-not-used", action.image.span, { executor: executor.name });
    }
  }
};
