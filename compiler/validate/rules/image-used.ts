import type { Rule } from "../rule-context.ts";

/**
 * An image that the user wrote has an effect; on the `process` executor it has none. Of native
 * types another rule says it.
 */
export const imageUsed: Rule = ({ actions, collector }) => {
  for (const { action, executor, type } of actions) {
    if (action.image && executor && !executor.usesImage && !type?.native) {
      collector.report("validate/image-not-used", action.image.span, { executor: executor.name });
    }
  }
};
