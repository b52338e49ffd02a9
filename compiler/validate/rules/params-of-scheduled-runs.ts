import type { Rule } from "../rule-context.ts";

/** A run that starts by itself is given no params, so that each that is required must have a default. */
export const paramsOfScheduledRuns: Rule = ({ collector, pipeline: { params, schedule } }) => {
  if (!schedule) return;
  for (const param of params) {
    if (!param.required || param.default) continue;
    const related = [{ message: '"cron" starts runs without params.', span: schedule.cron.span }];
    collector.report("validate/param-of-scheduled-run", param.name.span, { param: param.name.value }, { related });
  }
};
