import type { Clock } from "../clock.ts";
import { readInput } from "../wire/input.ts";
import { type LocalService, ServiceError } from "../wire/service.ts";
import { nextTime } from "./next-time.ts";
import { DEFAULT_GROUP, readName, readSettings, type ScheduleSettings, type ScheduleTarget } from "./schedule-input.ts";

/** Where the scheduler is, and whom it calls. */
export interface SchedulerOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly randomId: () => string;
  /** Calls the function of an ARN with JSON text, as `InvocationType: Event` does. */
  readonly invoke: (functionArn: string, payload: string) => void;
  /** Told of a call that was not taken; there is nobody else to tell. */
  readonly onFailure: (scheduleArn: string, error: unknown) => void;
}

/** EventBridge Scheduler on a laptop. */
export interface Scheduler {
  /** Its operations by name; `createSchedulerProtocol` speaks its wire protocol. */
  readonly operations: LocalService["operations"];
  /** No schedule comes any more. */
  stop(): void;
}

interface Schedule extends ScheduleSettings {
  readonly created: Date;
  readonly modified: Date;
  /** When it comes next, in milliseconds since the epoch. */
  readonly next: number | undefined;
}

/**
 * A time that is this long ago is left out: on a laptop that slept, a pile of them would help nobody. (AWS delivers every
 * one, within its minute.)
 */
const LATEST_MILLISECONDS = 60_000;
const MOST_LISTED = 100;

/**
 * The subset of EventBridge Scheduler that Sluice uses: groups, and schedules with `cron` and `rate` that call functions.
 * Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/Welcome.html
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock } = options;
  const groups = new Map<string, Map<string, Schedule>>([[DEFAULT_GROUP, new Map()]]);
  let isStopped = false;
  let cancel = () => {};

  const arnOf = ({ group, name }: Pick<Schedule, "group" | "name">) =>
    `arn:aws:scheduler:${options.region}:${options.accountId}:schedule/${group}/${name}`;
  const schedulesOf = (group: string) => {
    const found = groups.get(group);
    if (found === undefined) throw notFound(`Schedule group ${group} does not exist.`);
    return found;
  };
  const find = (group: string, name: string) => {
    const schedule = schedulesOf(group).get(name);
    if (schedule === undefined) throw notFound(`Schedule ${name} does not exist.`);
    return schedule;
  };

  /** One timer for all of them, at the earliest of their times. */
  const arm = () => {
    cancel();
    let earliest = Number.POSITIVE_INFINITY;
    for (const schedules of groups.values()) {
      for (const { next } of schedules.values()) if (next !== undefined && next < earliest) earliest = next;
    }
    if (isStopped || earliest === Number.POSITIVE_INFINITY) return;
    cancel = clock.schedule(Math.max(0, earliest - clock.now()), tick);
  };

  const tick = () => {
    const now = clock.now();
    for (const schedules of groups.values()) {
      for (const schedule of schedules.values()) {
        if (schedule.next === undefined || schedule.next > now) continue;
        const after = Math.max(schedule.next, now - LATEST_MILLISECONDS);
        if (schedule.next >= now - LATEST_MILLISECONDS) call(schedule, schedule.next);
        schedules.set(schedule.name, { ...schedule, next: followingTime(schedule, schedule.next, after) });
      }
    }
    arm();
  };

  const call = (schedule: Schedule, time: number) => {
    const { input = "{}" } = schedule.target;
    const keywords: readonly (readonly [string, string])[] = [
      ["schedule-arn", arnOf(schedule)],
      ["scheduled-time", new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z")],
      ["execution-id", options.randomId()],
      ["attempt-number", "1"],
    ];
    const payload = keywords.reduce((text, [name, value]) => text.replaceAll(`<aws.scheduler.${name}>`, value), input);
    try {
      options.invoke(schedule.target.arn, payload);
    } catch (error) {
      options.onFailure(arnOf(schedule), error);
    }
  };

  const put = (settings: ScheduleSettings, previous: Schedule | undefined) => {
    const now = clock.now();
    const isSameTime =
      previous?.state === "ENABLED" &&
      previous.expressionText === settings.expressionText &&
      previous.timezone === settings.timezone;
    const schedule: Schedule = {
      ...settings,
      created: previous?.created ?? new Date(now),
      modified: new Date(now),
      next: settings.state === "DISABLED" ? undefined : isSameTime ? previous.next : firstTime(settings, now),
    };
    schedulesOf(settings.group).set(settings.name, schedule);
    arm();
    return { ScheduleArn: arnOf(schedule) };
  };

  return {
    operations: {
      async CreateScheduleGroup(raw) {
        const input = readInput(raw);
        const name = readName(input, "Name");
        input.ignore("ClientToken", "Tags");
        input.done();
        if (groups.has(name)) throw conflict(`Schedule group ${name} already exists.`);
        groups.set(name, new Map());
        return {
          ScheduleGroupArn: `arn:aws:scheduler:${options.region}:${options.accountId}:schedule-group/${name}`,
        };
      },

      async CreateSchedule(raw) {
        const settings = readSettings(raw);
        if (schedulesOf(settings.group).has(settings.name)) {
          throw conflict(`Schedule ${settings.name} already exists.`);
        }
        return put(settings, undefined);
      },

      async UpdateSchedule(raw) {
        const settings = readSettings(raw);
        return put(settings, find(settings.group, settings.name));
      },

      async GetSchedule(raw) {
        const input = readInput(raw);
        const schedule = find(input.optionalString("GroupName") ?? DEFAULT_GROUP, input.string("Name"));
        input.done();
        return {
          Arn: arnOf(schedule),
          Name: schedule.name,
          GroupName: schedule.group,
          ScheduleExpression: schedule.expressionText,
          ScheduleExpressionTimezone: schedule.timezone,
          State: schedule.state,
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: describeTarget(schedule.target),
          CreationDate: schedule.created,
          LastModificationDate: schedule.modified,
          ActionAfterCompletion: "NONE",
        };
      },

      async DeleteSchedule(raw) {
        const input = readInput(raw);
        const { group, name } = find(input.optionalString("GroupName") ?? DEFAULT_GROUP, input.string("Name"));
        input.ignore("ClientToken");
        input.done();
        schedulesOf(group).delete(name);
        arm();
        return {};
      },

      async ListSchedules(raw) {
        const input = readInput(raw);
        const group = input.optionalString("GroupName");
        const prefix = input.optionalString("NamePrefix") ?? "";
        const state = input.optionalString("State");
        const limit = input.optionalInteger("MaxResults") ?? MOST_LISTED;
        const token = input.optionalString("NextToken") ?? "";
        input.done();
        const found = [...groups.values()]
          .flatMap((schedules) => [...schedules.values()])
          .filter((schedule) => (group === undefined || schedule.group === group) && schedule.name.startsWith(prefix))
          .filter((schedule) => state === undefined || schedule.state === state)
          .map((schedule) => ({ schedule, place: `${schedule.group}/${schedule.name}` }))
          .sort((left, right) => (left.place < right.place ? -1 : 1))
          .filter(({ place }) => place > token);
        const page = found.slice(0, limit);
        return {
          Schedules: page.map(({ schedule }) => ({
            Arn: arnOf(schedule),
            Name: schedule.name,
            GroupName: schedule.group,
            State: schedule.state,
            CreationDate: schedule.created,
            LastModificationDate: schedule.modified,
            Target: { Arn: schedule.target.arn },
          })),
          ...(page.length < found.length && { NextToken: page.at(-1)?.place }),
        };
      },
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

/** A rate comes at once, and then counts from there. Source: schedule-types.html#rate-based. */
function firstTime({ expression, zone }: ScheduleSettings, now: number): number | undefined {
  return expression.kind === "rate" ? now : nextTime(expression, zone, now);
}

function followingTime({ expression, zone }: ScheduleSettings, time: number, after: number): number | undefined {
  if (expression.kind === "cron") return nextTime(expression, zone, after);
  const { milliseconds } = expression;
  return time + Math.max(1, Math.ceil((after - time) / milliseconds)) * milliseconds;
}

function describeTarget({ arn, deadLetterArn, input, retryPolicy, roleArn }: ScheduleTarget): object {
  return {
    Arn: arn,
    RoleArn: roleArn,
    RetryPolicy: retryPolicy,
    ...(input !== undefined && { Input: input }),
    ...(deadLetterArn !== undefined && { DeadLetterConfig: { Arn: deadLetterArn } }),
  };
}

const notFound = (message: string) => new ServiceError("ResourceNotFoundException", message, 404);
const conflict = (message: string) => new ServiceError("ConflictException", message, 409);
