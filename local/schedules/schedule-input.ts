import { type InputReader, readInput } from "../wire/input.ts";
import { ServiceError } from "../wire/service.ts";
import { parseScheduleExpression, type ScheduleExpression } from "./expression.ts";
import { openZone, type Zone } from "./zone.ts";

/** What CreateSchedule and UpdateSchedule say of a schedule. */
export interface ScheduleSettings {
  readonly group: string;
  readonly name: string;
  readonly expressionText: string;
  readonly expression: ScheduleExpression;
  readonly timezone: string;
  readonly zone: Zone;
  readonly state: "ENABLED" | "DISABLED";
  readonly target: ScheduleTarget;
}

/** What a schedule calls. */
export interface ScheduleTarget {
  readonly arn: string;
  readonly roleArn: string;
  readonly input: string | undefined;
  readonly deadLetterArn: string | undefined;
  readonly retryPolicy: {
    readonly MaximumRetryAttempts: number;
    readonly MaximumEventAgeInSeconds: number;
  };
}

/** The group of schedules that name none. */
export const DEFAULT_GROUP = "default";

/** Scheduler's own: 185 tries within a day. */
const DEFAULT_RETRY_POLICY = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 };

const NAME = /^[0-9a-zA-Z\-_.]{1,64}$/;

/** @throws {ServiceError} ValidationException, also for what is not supported here */
export function readSettings(raw: unknown): ScheduleSettings {
  const input = readInput(raw);
  const name = readName(input, "Name");
  const group = input.optionalString("GroupName") ?? DEFAULT_GROUP;
  const expressionText = input.string("ScheduleExpression");
  const timezone = input.optionalString("ScheduleExpressionTimezone") ?? "UTC";
  const state = input.optionalString("State") ?? "ENABLED";
  const window = input.optionalStructure("FlexibleTimeWindow");
  const mode = window?.string("Mode");
  window?.done();
  const target = readTarget(input.optionalStructure("Target"));
  input.ignore("ClientToken", "Description", "KmsKeyArn", "ActionAfterCompletion");
  input.done();
  if (mode !== "OFF") throw invalid("FlexibleTimeWindow.Mode must be OFF here");
  if (state !== "ENABLED" && state !== "DISABLED") throw invalid("State is ENABLED or DISABLED");
  const expression = parseScheduleExpression(expressionText);
  return { group, name, expressionText, expression, timezone, zone: readZone(timezone), state, target };
}

/** A name of a schedule or a group. */
export function readName(input: InputReader, key: string): string {
  const name = input.string(key);
  if (!NAME.test(name)) throw invalid(`"${name}" is no ${key}`);
  return name;
}

function readTarget(target: InputReader | undefined): ScheduleTarget {
  if (target === undefined) throw invalid("Target is required");
  const arn = target.string("Arn");
  const roleArn = target.string("RoleArn");
  const text = target.optionalString("Input");
  const policy = target.optionalStructure("RetryPolicy");
  const retryPolicy = {
    MaximumRetryAttempts: policy?.optionalInteger("MaximumRetryAttempts") ?? DEFAULT_RETRY_POLICY.MaximumRetryAttempts,
    MaximumEventAgeInSeconds:
      policy?.optionalInteger("MaximumEventAgeInSeconds") ?? DEFAULT_RETRY_POLICY.MaximumEventAgeInSeconds,
  };
  policy?.done();
  const deadLetters = target.optionalStructure("DeadLetterConfig");
  const deadLetterArn = deadLetters?.optionalString("Arn");
  deadLetters?.done();
  target.done();
  if (!/^arn:[^:]+:lambda:/.test(arn)) throw invalid("Target.Arn must be a function here");
  return { arn, roleArn, input: text, deadLetterArn, retryPolicy };
}

function readZone(timezone: string): Zone {
  try {
    return openZone(timezone);
  } catch {
    throw new ServiceError("ValidationException", "Invalid ScheduleExpressionTimezone.");
  }
}

function invalid(reason: string): ServiceError {
  return new ServiceError("ValidationException", `Validation error: ${reason}.`);
}
