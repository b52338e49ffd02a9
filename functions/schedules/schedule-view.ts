import type { PlanSchedule } from "../../compiler/index.ts";
import { readCurrentPlan, readPlanIndex } from "../plans/read-plan.ts";
import { queryTicks, type TickRecord } from "../records/tick.ts";
import type { Runtime } from "../runtime.ts";
import { areSchedulesEnabled, NoScheduleError, putSchedules, scheduleStore } from "./put-schedules.ts";

/** The `cron` of a pipeline, for people. */
export interface ScheduleView extends PlanSchedule {
  /** Pipeline key. */
  readonly pipeline: string;
  /** Whether its times start runs. */
  readonly enabled: boolean;
  /** What became of the latest times, the newest first. */
  readonly ticks: readonly TickRecord[];
}

/** Ticks that are shown. */
const SHOWN_TICKS = 20;

/** The `cron` of a pipeline as it is now. Throws `NoScheduleError`. */
export async function readSchedule(runtime: Runtime, pipeline: string): Promise<ScheduleView> {
  const schedule = await currentSchedule(runtime, pipeline);
  const enabled = (await areSchedulesEnabled(scheduleStore(runtime), pipeline)) ?? false;
  return view(runtime, pipeline, schedule, enabled);
}

/** Lets the times of a pipeline start runs again; those that have passed meanwhile are not made up for. Throws `NoScheduleError`. */
export function startSchedule(runtime: Runtime, pipeline: string): Promise<ScheduleView> {
  return switchSchedule(runtime, pipeline, true);
}

/** Keeps the times of a pipeline from starting runs, also after it is published again. Throws `NoScheduleError`. */
export function stopSchedule(runtime: Runtime, pipeline: string): Promise<ScheduleView> {
  return switchSchedule(runtime, pipeline, false);
}

async function switchSchedule(runtime: Runtime, pipeline: string, isEnabled: boolean): Promise<ScheduleView> {
  const schedule = await currentSchedule(runtime, pipeline);
  const enabled = await putSchedules(scheduleStore(runtime), pipeline, schedule, isEnabled);
  return view(runtime, pipeline, schedule, enabled);
}

async function view(
  runtime: Runtime,
  pipeline: string,
  schedule: PlanSchedule,
  enabled: boolean,
): Promise<ScheduleView> {
  return { pipeline, ...schedule, enabled, ticks: await queryTicks(runtime, pipeline, SHOWN_TICKS) };
}

async function currentSchedule(runtime: Runtime, pipeline: string): Promise<PlanSchedule> {
  const current = await readCurrentPlan(runtime, pipeline);
  if (current === undefined) {
    throw new NoScheduleError(`There is no pipeline "${pipeline}".`);
  }
  const { schedule } = await readPlanIndex(runtime, current.planHash);
  if (schedule === undefined) {
    throw new NoScheduleError(`The pipeline "${pipeline}" has no "cron".`);
  }
  return schedule;
}
