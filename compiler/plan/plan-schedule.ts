import { scheduleExpressions } from "../cron/schedule-expressions.ts";
import type { Schedule } from "../model/schedule.ts";
import type { PlanSchedule } from "./plan.ts";

/** A schedule as `functions/schedules` makes it on AWS. */
export function planSchedule({ cron, overlap, text, timezone }: Schedule): PlanSchedule {
  return { cron: text, ...scheduleExpressions(cron.value), timezone, overlap };
}
