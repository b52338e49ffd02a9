import type { Rule } from "../rule-context.ts";

/** `timeout` and `max_times` are -1 (no limit) or a number that makes sense (reference/erda.md 1.5, 1.7). */
export const repetitionLimits: Rule = ({ actions, collector }) => {
  for (const { action } of actions) {
    const { loop, retry, timeoutSeconds } = action;
    if (timeoutSeconds && timeoutSeconds.value < -1) {
      collector.report("validate/timeout", timeoutSeconds.span, { seconds: timeoutSeconds.value });
    }
    if (loop && loop.strategy.maxTimes < -1) {
      collector.report("validate/loop-times", loop.span, { times: loop.strategy.maxTimes });
    }
    if (retry && retry.maxTimes < 1) collector.report("validate/retry-times", retry.span, { times: retry.maxTimes });
  }
};
