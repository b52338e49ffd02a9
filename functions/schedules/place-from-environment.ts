import { RUNTIME_ENVIRONMENT } from "../contract.ts";
import type { SchedulePlace } from "./put-schedules.ts";

/** Where schedules are made, as a deployed function is told; `undefined` where it is not. Throws where it is told half. */
export function schedulePlaceFrom(variables: Readonly<Record<string, string | undefined>>): SchedulePlace | undefined {
  const { scheduleDeadLetters, scheduleGroup, scheduleRole, scheduleTarget } = RUNTIME_ENVIRONMENT;
  const names = [scheduleGroup, scheduleRole, scheduleTarget, scheduleDeadLetters];
  const [group, roleArn, targetArn, deadLetterArn] = names.map((name) => variables[name] || undefined);
  if (group && roleArn && targetArn && deadLetterArn) {
    return { group, roleArn, targetArn, deadLetterArn };
  }
  const missing = names.filter((name) => !variables[name]);
  if (missing.length < names.length) {
    throw new Error(`The environment variable ${missing.join(" and ")} is not set.`);
  }
  return undefined;
}
