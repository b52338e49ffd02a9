import type { Clock } from "../clock.ts";
import { readInput } from "../wire/input.ts";
import { type LocalService, ServiceError } from "../wire/service.ts";
import { createDelivery } from "./delivery.ts";
import { type BusEvent, type EventContent, readEntry } from "./event.ts";
import { fillTemplate } from "./input-template.ts";
import { compilePattern, type EventPattern } from "./pattern/pattern.ts";
import { createRuleOperations } from "./rule-operations.ts";
import type { EventBuses } from "./rules.ts";

/** Where the bus is, and who is behind its targets. */
export interface EventBusOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly randomId: () => string;
  /** Hands an event to the target of an ARN; rejects when it did not take it, and is then called again later. */
  readonly send: (targetArn: string, event: string) => Promise<void> | void;
}

/** EventBridge, and the side of it that is used inside the process. */
export interface EventBus {
  readonly service: LocalService;
  /** An event of AWS itself (`aws.states`) on the bus `default`, which PutEvents refuses to take from anybody else. */
  publish(content: EventContent): void;
  /** Calls `listener` with every event that matches, like a rule whose target is in this process. Answers what ends it. */
  listen(busName: string, pattern: string, listener: (event: BusEvent) => void): () => void;
  stop(): Promise<void>;
}

interface Listener {
  readonly busName: string;
  readonly pattern: EventPattern;
  readonly call: (event: BusEvent) => void;
}

const LARGEST_BATCH = 10;

/**
 * The subset of EventBridge that Sluice uses: buses, rules with event patterns, targets that are functions.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html
 */
export function createEventBus(options: EventBusOptions): EventBus {
  const { clock, region, accountId } = options;
  const buses: EventBuses = new Map([["default", new Map()]]);
  const listeners = new Set<Listener>();
  const delivery = createDelivery(clock);

  const accept = (busName: string, content: EventContent): string => {
    const event: BusEvent = {
      version: "0",
      id: options.randomId(),
      "detail-type": content["detail-type"],
      source: content.source,
      account: accountId,
      time: new Date(content.time ?? clock.now()).toISOString().replace(/\.\d{3}Z$/, "Z"),
      region,
      resources: content.resources ?? [],
      detail: content.detail,
    };
    // Through JSON, so that no target can change what another one gets, and all see what would be on the wire.
    const text = JSON.stringify(event);
    const parsed = JSON.parse(text);
    for (const rule of buses.get(busName)?.values() ?? []) {
      if (!rule.enabled || !rule.pattern.matches(parsed)) continue;
      for (const target of rule.targets.values()) {
        const sent = target.input ?? (target.template === undefined ? text : fillTemplate(target.template, text));
        delivery.deliver(() => options.send(target.arn, sent), target.retryAttempts);
      }
    }
    for (const listener of listeners) {
      if (listener.busName !== busName || !listener.pattern.matches(parsed)) continue;
      delivery.deliver(() => {
        if (listeners.has(listener)) listener.call(JSON.parse(text));
      }, 0);
    }
    return event.id;
  };

  const service: LocalService = {
    name: "events",
    targetPrefix: "AWSEvents",
    jsonVersion: "1.1",
    operations: {
      async PutEvents(raw) {
        const input = readInput(raw);
        const entries = input.structures("Entries");
        input.done();
        if (entries.length === 0 || entries.length > LARGEST_BATCH) {
          throw new ServiceError("ValidationException", `Entries takes 1 to ${LARGEST_BATCH} events.`);
        }
        const results = entries.map((entry) => {
          const read = readEntry(entry);
          if ("ErrorCode" in read) return read;
          if (!buses.has(read.busName)) {
            return {
              ErrorCode: "ResourceNotFoundException",
              ErrorMessage: `Event bus ${read.busName} does not exist.`,
            };
          }
          return { EventId: accept(read.busName, read.content) };
        });
        return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
      },
      ...createRuleOperations(buses, { region, accountId }),
    },
  };

  return {
    service,
    publish(content) {
      accept("default", content);
    },
    listen(busName, pattern, call) {
      const listener: Listener = { busName, pattern: compilePattern(pattern), call };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => delivery.stop(),
  };
}
