import type { EventPattern } from "./pattern/pattern.ts";

/** A rule of one bus. */
export interface Rule {
  readonly name: string;
  readonly pattern: EventPattern;
  readonly patternText: string;
  readonly enabled: boolean;
  readonly targets: Map<string, RuleTarget>;
}

/** Where a rule sends its events. */
export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  /** JSON text that is sent instead of the event. */
  readonly input: string | undefined;
  /** What is sent instead of the event, with the event in it. */
  readonly template: string | undefined;
  readonly retryAttempts: number;
}

/** Buses by name, each with its rules by name. */
export type EventBuses = Map<string, Map<string, Rule>>;

/** ARN of a rule; the bus stands in it, unless it is `default`. */
export function ruleArn(
  place: { readonly region: string; readonly accountId: string },
  bus: string,
  name: string,
): string {
  const path = bus === "default" ? name : `${bus}/${name}`;
  return `arn:aws:events:${place.region}:${place.accountId}:rule/${path}`;
}
