import type { PlanSchedule } from "../../compiler/index.ts";
import { hasName } from "../errors/has-name.ts";
import { readCurrentPlan, readPlanIndex } from "../plans/read-plan.ts";
import { type ListedRun, queryListedRuns } from "../records/listed-run.ts";
import { hasRunEnded } from "../records/statuses.ts";
import { createTick, readTick } from "../records/tick.ts";
import { stopRun } from "../runs/stop-run.ts";
import { repeatSubmission, submitRun } from "../runs/submit-run.ts";
import { InvalidRunError } from "../runs/validate-params.ts";
import type { Runtime } from "../runtime.ts";
import type { ScheduledTick, TickResult } from "./contract.ts";
import { tickRunOf } from "./tick-run.ts";

/**
 * Runs of the pipeline that are looked through for one that is under way, the newest. A run older than this many others
 * has been overtaken by all of them, which only `allow` lets happen.
 */
const LOOKED_AT = 100;

/**
 * Starts the run of one time of a pipeline's `cron`, or records why it does not. Delivered at least once, and by two
 * schedules where a day of the month or a day of the week is enough: what was decided for a time stays decided.
 */
export async function startScheduledRun(runtime: Runtime, tick: ScheduledTick): Promise<TickResult> {
  const { pipeline } = tick;
  const scheduledAt = Date.parse(tick.scheduledTime);
  const scheduledTime = new Date(scheduledAt).toISOString();
  const { runId, contentHash } = tickRunOf(pipeline, scheduledAt);
  // A submission that came half its way goes the rest.
  if ((await repeatSubmission(runtime, runId, contentHash)) !== undefined) {
    return started(runtime, pipeline, scheduledTime, runId);
  }
  const decided = await readTick(runtime, pipeline, scheduledTime);
  if (decided?.outcome === "skipped") {
    return { tick: "skipped", reason: decided.reason ?? "" };
  }
  const schedule = await currentSchedule(runtime, pipeline);
  if (schedule === undefined) {
    return skipped(runtime, pipeline, scheduledTime, 'The pipeline has no "cron" any more.');
  }
  if (!isDayOf(schedule, scheduledAt)) {
    return { tick: "other-day" };
  }
  const reason = await makeRoom(runtime, pipeline, schedule, { runId, scheduledTime });
  if (reason !== undefined) {
    return skipped(runtime, pipeline, scheduledTime, reason);
  }
  try {
    const trigger = { kind: "cron", cron: schedule.cron, scheduledTime };
    await submitRun(runtime, { pipeline, runId, contentHash, trigger });
  } catch (error) {
    if (error instanceof InvalidRunError) {
      return skipped(runtime, pipeline, scheduledTime, error.message);
    }
    throw error;
  }
  return started(runtime, pipeline, scheduledTime, runId);
}

async function currentSchedule(runtime: Runtime, pipeline: string): Promise<PlanSchedule | undefined> {
  const current = await readCurrentPlan(runtime, pipeline);
  return current && (await readPlanIndex(runtime, current.planHash)).schedule;
}

const DAYS_OF_WEEK = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/** Whether a time counts of the schedules of an intersection of days. */
export function isDayOf({ onlyDaysOfWeek, timezone }: PlanSchedule, at: number): boolean {
  if (onlyDaysOfWeek === undefined) {
    return true;
  }
  const day = new Intl.DateTimeFormat("en-US", { timeZone: timezone, weekday: "short" }).format(at);
  return onlyDaysOfWeek.some((wanted) => DAYS_OF_WEEK[wanted] === day);
}

/** Treats the runs that are under way as the pipeline wants. Answers why there is no room for another. */
async function makeRoom(
  runtime: Runtime,
  pipeline: string,
  { overlap }: PlanSchedule,
  own: { readonly runId: string; readonly scheduledTime: string },
): Promise<string | undefined> {
  if (overlap === "allow") {
    return undefined;
  }
  const { runs } = await queryListedRuns(runtime, pipeline, LOOKED_AT, undefined);
  // The run of this very time was made by another delivery, which is under way beside this one.
  const open = runs.filter((run) => !hasRunEnded(run.status) && run.runId !== own.runId);
  if (overlap === "forbid") {
    const [first] = open;
    return first && `Run "${first.runId}" is under way, and "cron_overlap" is "forbid".`;
  }
  for (const run of open) {
    await replaceRun(runtime, run, own.scheduledTime);
  }
  return undefined;
}

async function replaceRun(runtime: Runtime, { runId }: ListedRun, scheduledTime: string): Promise<void> {
  try {
    await stopRun(runtime, runId, `The run was replaced by the one of ${scheduledTime}.`);
  } catch (error) {
    // Recorded, but never started: `sweep` ends it.
    if (!hasName(error, "ExecutionDoesNotExist")) {
      throw error;
    }
  }
}

async function started(runtime: Runtime, pipeline: string, scheduledTime: string, runId: string): Promise<TickResult> {
  await createTick(runtime, pipeline, { scheduledTime, decidedAt: now(runtime), outcome: "started", runId });
  return { tick: "started", runId };
}

async function skipped(runtime: Runtime, pipeline: string, scheduledTime: string, reason: string): Promise<TickResult> {
  const isFirst = await createTick(runtime, pipeline, {
    scheduledTime,
    decidedAt: now(runtime),
    outcome: "skipped",
    reason,
  });
  if (isFirst) {
    runtime.log({ level: "info", function: "start-scheduled-run", pipeline, scheduledTime, skipped: reason });
    return { tick: "skipped", reason };
  }
  const decided = await readTick(runtime, pipeline, scheduledTime);
  return decided?.runId === undefined ? { tick: "skipped", reason } : { tick: "started", runId: decided.runId };
}

function now(runtime: Runtime): string {
  return new Date(runtime.clock.now()).toISOString();
}
