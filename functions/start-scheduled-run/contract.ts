import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import { CALLS } from "../contract.ts";

/** What a schedule hands to the function: one tick of a pipeline's `cron`. */
export const scheduledTick = z.strictObject({
  /** Pipeline key. */
  pipeline: z.string(),
  /** The time that was meant, not the time of delivery: ISO 8601, as EventBridge Scheduler writes it. */
  scheduledTime: z.iso.datetime(),
});

/** One tick of a pipeline's `cron`. */
export type ScheduledTick = Readonly<z.infer<typeof scheduledTick>>;

/** What became of a tick. */
export type TickResult =
  /** A run was started, by this call or by an earlier one. */
  | { readonly tick: "started"; readonly runId: string }
  /** No run was started for this time, and none will be; `reason` is for people. */
  | { readonly tick: "skipped"; readonly reason: string }
  /** The schedule comes more often than the `cron` (day of month and day of week at once), and this day is not one of it. */
  | { readonly tick: "other-day" };

/** The input of a schedule; EventBridge Scheduler replaces the keyword. */
export function scheduledTickInput(pipeline: string): string {
  const tick: ScheduledTick = { pipeline, scheduledTime: "<aws.scheduler.scheduled-time>" };
  return JSON.stringify(tick);
}

/** Calls of the function itself: what submitting a run takes, and stopping one that is replaced. */
export const START_SCHEDULED_RUN_PERMISSIONS: readonly Permission[] = [
  { actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], on: "table" },
  { actions: ["s3:PutObject"], on: "largeValues" },
  CALLS.currentPlan,
  CALLS.plans,
  CALLS.events,
  { actions: ["states:StartExecution"], on: "machines" },
  { actions: ["states:StopExecution"], on: "executions" },
];
