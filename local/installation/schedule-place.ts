import { NAMES } from "./names.ts";
import { FUNCTIONS } from "./register-functions.ts";

const { accountId, functionPrefix, region, scheduleGroup } = NAMES;

/** Where the schedules of pipelines are made. Role and dead letters are spelled as on AWS, and nobody asks for them here. */
export const SCHEDULE_PLACE = {
  group: scheduleGroup,
  roleArn: `arn:aws:iam::${accountId}:role/${functionPrefix}schedules`,
  targetArn: `arn:aws:lambda:${region}:${accountId}:function:${FUNCTIONS.startScheduledRun}`,
  deadLetterArn: `arn:aws:sqs:${region}:${accountId}:${functionPrefix}dead-letters`,
} as const;
