import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  type SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import type { PlanSchedule } from "../../compiler/index.ts";
import { hasName } from "../errors/has-name.ts";
import type { Runtime } from "../runtime.ts";
import { scheduledTickInput } from "../start-scheduled-run/contract.ts";
import { SCHEDULE_RETRY, scheduleNames } from "./contract.ts";

/** Where the schedules of an installation are made, and what they call. */
export interface SchedulePlace {
  /** Name of the installation's schedule group. */
  readonly group: string;
  /** Role by which EventBridge Scheduler calls the target. */
  readonly roleArn: string;
  /** The function `start-scheduled-run`. */
  readonly targetArn: string;
  /** Queue of the ticks that could not be delivered. */
  readonly deadLetterArn: string;
}

/** EventBridge Scheduler and the installation's place in it. */
export interface ScheduleStore {
  readonly scheduler: SchedulerClient;
  readonly place: SchedulePlace;
}

/** The pipeline does not exist, its current plan has no `cron`, or the installation starts no runs by itself. */
export class NoScheduleError extends Error {
  override readonly name = "NoScheduleError";
}

/** Where a runtime makes schedules. Throws `NoScheduleError` where it was not told: only who publishes plans is. */
export function scheduleStore({ clients, environment }: Runtime): ScheduleStore {
  if (environment.schedules === undefined) {
    throw new NoScheduleError("This installation starts no runs by itself.");
  }
  return { scheduler: clients.scheduler, place: environment.schedules };
}

/** The part of a schedule that is compared: whoever changed anything else by hand keeps it. */
type Wanted = Pick<
  CreateScheduleCommandInput,
  "ScheduleExpression" | "ScheduleExpressionTimezone" | "State" | "Target" | "FlexibleTimeWindow"
>;

/**
 * Makes the schedules of a pipeline what its current plan says, and takes away those that it does not say any more. What
 * is right already is left alone, so that publishing the same plan again moves nothing (a rate counts from its last
 * change). A pipeline that was stopped stays stopped, unless `isEnabled` says otherwise. Answers whether they are enabled.
 */
export async function putSchedules(
  store: ScheduleStore,
  pipeline: string,
  schedule: PlanSchedule | undefined,
  isEnabled?: boolean,
): Promise<boolean> {
  const names = scheduleNames(pipeline);
  const existing = await Promise.all(names.map((name) => getSchedule(store, name)));
  const wasStopped = existing.some((found) => found?.State === "DISABLED");
  const enabled = isEnabled ?? !wasStopped;
  for (const [index, name] of names.entries()) {
    const expression = schedule?.expressions[index];
    if (schedule !== undefined && expression !== undefined) {
      const wanted: Wanted = {
        ScheduleExpression: expression,
        ScheduleExpressionTimezone: schedule.timezone,
        State: enabled ? "ENABLED" : "DISABLED",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: targetOf(store.place, pipeline),
      };
      await putSchedule(store, name, wanted, existing[index]);
    } else if (existing[index] !== undefined) {
      await deleteSchedule(store, name);
    }
  }
  return enabled;
}

/** Takes away every schedule of a pipeline; again changes nothing. */
export async function removeSchedules(store: ScheduleStore, pipeline: string): Promise<void> {
  await putSchedules(store, pipeline, undefined);
}

/** Whether the times of a pipeline start runs; `undefined` where it has no schedule. */
export async function areSchedulesEnabled(store: ScheduleStore, pipeline: string): Promise<boolean | undefined> {
  const existing = await Promise.all(scheduleNames(pipeline).map((name) => getSchedule(store, name)));
  const found = existing.filter((schedule) => schedule !== undefined);
  return found.length === 0 ? undefined : found.every(({ State }) => State !== "DISABLED");
}

function targetOf(place: SchedulePlace, pipeline: string): NonNullable<Wanted["Target"]> {
  return {
    Arn: place.targetArn,
    RoleArn: place.roleArn,
    Input: scheduledTickInput(pipeline),
    RetryPolicy: { ...SCHEDULE_RETRY },
    DeadLetterConfig: { Arn: place.deadLetterArn },
  };
}

async function putSchedule(
  { place, scheduler }: ScheduleStore,
  name: string,
  wanted: Wanted,
  found: GetScheduleCommandOutput | undefined,
): Promise<void> {
  const input = { Name: name, GroupName: place.group, ...wanted };
  if (found !== undefined) {
    if (!isSame(wanted, found)) {
      await scheduler.send(new UpdateScheduleCommand(input));
    }
    return;
  }
  try {
    await scheduler.send(new CreateScheduleCommand(input));
  } catch (error) {
    if (!hasName(error, "ConflictException")) {
      throw error;
    }
    // Somebody has made it meanwhile.
    await scheduler.send(new UpdateScheduleCommand(input));
  }
}

function isSame(wanted: Wanted, found: Partial<Wanted>): boolean {
  const compared = ({
    FlexibleTimeWindow,
    ScheduleExpression,
    ScheduleExpressionTimezone,
    State,
    Target,
  }: Partial<Wanted>) =>
    JSON.stringify([
      ScheduleExpression,
      ScheduleExpressionTimezone,
      State,
      FlexibleTimeWindow?.Mode,
      Target?.Arn,
      Target?.RoleArn,
      Target?.Input,
      Target?.RetryPolicy?.MaximumRetryAttempts,
      Target?.RetryPolicy?.MaximumEventAgeInSeconds,
      Target?.DeadLetterConfig?.Arn,
    ]);
  return compared(wanted) === compared(found);
}

async function getSchedule(
  { place, scheduler }: ScheduleStore,
  name: string,
): Promise<GetScheduleCommandOutput | undefined> {
  try {
    return await scheduler.send(new GetScheduleCommand({ Name: name, GroupName: place.group }));
  } catch (error) {
    if (hasName(error, "ResourceNotFoundException")) {
      return undefined;
    }
    throw error;
  }
}

async function deleteSchedule({ place, scheduler }: ScheduleStore, name: string): Promise<void> {
  try {
    await scheduler.send(new DeleteScheduleCommand({ Name: name, GroupName: place.group }));
  } catch (error) {
    if (!hasName(error, "ResourceNotFoundException")) {
      throw error;
    }
  }
}
