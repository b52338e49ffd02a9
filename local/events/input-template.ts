import { ServiceError } from "../wire/service.ts";

/** The whole event as JSON, the only variable that is there (paths of one's own are not). */
const EVENT = "<aws.events.event.json>";

/**
 * Refuses a template of an input transformer that holds a variable which is not there.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function checkTemplate(template: string): void {
  const [unknown] = template.replaceAll(EVENT, "").match(/<[\w.-]+>/) ?? [];
  if (unknown !== undefined) {
    throw new ServiceError("ValidationException", `The variable ${unknown} of an input transformer is not there.`);
  }
}

/** What a target gets; `event` is JSON text, which the template takes as a value. */
export function fillTemplate(template: string, event: string): string {
  return template.replaceAll(EVENT, () => event);
}
