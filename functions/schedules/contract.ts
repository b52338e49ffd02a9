import type { Permission } from "../../actions/executors/contract.ts";

/** How EventBridge Scheduler delivers a tick that the function did not take: a late run is better than none, within limits. */
export const SCHEDULE_RETRY = { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3600 } as const;

/** Most schedules that one `cron` becomes: day of month OR day of week are two. */
export const SCHEDULES_PER_PIPELINE = 2;

/** Names of the schedules of a pipeline, in the installation's group. A pipeline's key has at most 40 characters, a name 64. */
export function scheduleNames(pipeline: string): readonly string[] {
  return Array.from({ length: SCHEDULES_PER_PIPELINE }, (_, index) => `${pipeline}-${index + 1}`);
}

/** Calls of who publishes plans (`upload-plan`, `runs-api`): making, changing and removing the schedules of a pipeline. */
export const PUT_SCHEDULES_PERMISSIONS: readonly Permission[] = [
  {
    actions: [
      "scheduler:CreateSchedule",
      "scheduler:DeleteSchedule",
      "scheduler:GetSchedule",
      "scheduler:UpdateSchedule",
    ],
    on: "schedules",
  },
  { actions: ["iam:PassRole"], on: "scheduleRole", condition: "passedToScheduler" },
];
