import type { Json } from "../../compiler/index.ts";
import { type InputReader, readInput } from "../wire/input.ts";
import { type LocalService, ServiceError } from "../wire/service.ts";
import { checkTemplate } from "./input-template.ts";
import { compilePattern } from "./pattern/pattern.ts";
import { type EventBuses, type Rule, type RuleTarget, ruleArn } from "./rules.ts";

interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** EventBridge's default number of tries after the first. */
const DEFAULT_RETRY_ATTEMPTS = 185;
const MOST_TARGETS = 5;

/** The operations on buses, rules and targets. Schedules of rules are refused: `local/schedules` and Scheduler have those. */
export function createRuleOperations(buses: EventBuses, place: Place): LocalService["operations"] {
  const busArn = (name: string) => `arn:aws:events:${place.region}:${place.accountId}:event-bus/${name}`;

  const rulesOf = (input: InputReader): { readonly busName: string; readonly rules: Map<string, Rule> } => {
    const busName = (input.optionalString("EventBusName") ?? "default").replace(/^arn:.*:event-bus\//, "");
    const rules = buses.get(busName);
    if (rules === undefined) throw notFound(`Event bus ${busName} does not exist.`);
    return { busName, rules };
  };
  const findRule = (rules: Map<string, Rule>, name: string, busName: string): Rule => {
    const rule = rules.get(name);
    if (rule === undefined) throw notFound(`Rule ${name} does not exist on EventBus ${busName}.`);
    return rule;
  };
  const describe = (rule: Rule, busName: string) => ({
    Name: rule.name,
    Arn: ruleArn(place, busName, rule.name),
    EventPattern: rule.patternText,
    State: rule.enabled ? "ENABLED" : "DISABLED",
    EventBusName: busName,
  });
  const setEnabled = (enabled: boolean) => async (raw: unknown) => {
    const input = readInput(raw);
    const { busName, rules } = rulesOf(input);
    const rule = findRule(rules, input.string("Name"), busName);
    input.done();
    rules.set(rule.name, { ...rule, enabled });
    return {};
  };

  return {
    async CreateEventBus(raw) {
      const input = readInput(raw);
      const name = input.string("Name");
      input.ignore("Description", "Tags");
      input.done();
      if (!/^[/.\-_A-Za-z0-9]{1,256}$/.test(name)) throw new ServiceError("ValidationException", `Bad name "${name}".`);
      if (buses.has(name)) {
        throw new ServiceError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`);
      }
      buses.set(name, new Map());
      return { EventBusArn: busArn(name) };
    },

    async ListEventBuses(raw) {
      const input = readInput(raw);
      const prefix = input.optionalString("NamePrefix") ?? "";
      input.done();
      const names = [...buses.keys()].filter((name) => name.startsWith(prefix)).sort();
      return { EventBuses: names.map((name) => ({ Name: name, Arn: busArn(name) })) };
    },

    async PutRule(raw) {
      const input = readInput(raw);
      const name = input.string("Name");
      const { busName, rules } = rulesOf(input);
      const patternText = input.string("EventPattern");
      const state = input.optionalString("State") ?? "ENABLED";
      input.ignore("Description", "Tags", "RoleArn");
      input.done();
      if (state !== "ENABLED" && state !== "DISABLED") {
        throw new ServiceError("ValidationException", "State is ENABLED or DISABLED.");
      }
      rules.set(name, {
        name,
        pattern: compilePattern(patternText),
        patternText,
        enabled: state === "ENABLED",
        targets: rules.get(name)?.targets ?? new Map(),
      });
      return { RuleArn: ruleArn(place, busName, name) };
    },

    async DescribeRule(raw) {
      const input = readInput(raw);
      const { busName, rules } = rulesOf(input);
      const rule = findRule(rules, input.string("Name"), busName);
      input.done();
      return describe(rule, busName);
    },

    async ListRules(raw) {
      const input = readInput(raw);
      const { busName, rules } = rulesOf(input);
      const prefix = input.optionalString("NamePrefix") ?? "";
      input.done();
      const found = [...rules.values()].filter(({ name }) => name.startsWith(prefix));
      return { Rules: found.map((rule) => describe(rule, busName)) };
    },

    async DeleteRule(raw) {
      const input = readInput(raw);
      const { rules } = rulesOf(input);
      const name = input.string("Name");
      input.ignore("Force");
      input.done();
      if ((rules.get(name)?.targets.size ?? 0) > 0) {
        throw new ServiceError("ValidationException", "Rule can't be deleted since it has targets.");
      }
      rules.delete(name);
      return {};
    },

    EnableRule: setEnabled(true),
    DisableRule: setEnabled(false),

    async PutTargets(raw) {
      const input = readInput(raw);
      const { busName, rules } = rulesOf(input);
      const rule = findRule(rules, input.string("Rule"), busName);
      const targets = input.structures("Targets").map(readTarget);
      input.done();
      if (new Set([...rule.targets.keys(), ...targets.map(({ id }) => id)]).size > MOST_TARGETS) {
        throw new ServiceError("LimitExceededException", `A rule has at most ${MOST_TARGETS} targets.`);
      }
      for (const target of targets) rule.targets.set(target.id, target);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    async RemoveTargets(raw) {
      const input = readInput(raw);
      const { busName, rules } = rulesOf(input);
      const rule = findRule(rules, input.string("Rule"), busName);
      const ids = input.stringList("Ids");
      input.ignore("Force");
      input.done();
      for (const id of ids) rule.targets.delete(id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    async ListTargetsByRule(raw) {
      const input = readInput(raw);
      const { busName, rules } = rulesOf(input);
      const rule = findRule(rules, input.string("Rule"), busName);
      input.done();
      return {
        Targets: [...rule.targets.values()].map(({ id, arn, input: text, template }) => ({
          Id: id,
          Arn: arn,
          Input: text,
          ...(template !== undefined && { InputTransformer: { InputTemplate: template } }),
        })),
      };
    },

    async TestEventPattern(raw) {
      const input = readInput(raw);
      const pattern = compilePattern(input.string("EventPattern"));
      const event = parseEvent(input.string("Event"));
      input.done();
      return { Result: pattern.matches(event) };
    },
  };
}

function readTarget(target: InputReader): RuleTarget {
  const id = target.string("Id");
  const arn = target.string("Arn");
  const text = target.optionalString("Input");
  const transformer = target.optionalStructure("InputTransformer");
  const template = transformer?.string("InputTemplate");
  transformer?.done();
  if (template !== undefined) checkTemplate(template);
  const policy = target.optionalStructure("RetryPolicy");
  const retryAttempts = policy?.optionalInteger("MaximumRetryAttempts") ?? DEFAULT_RETRY_ATTEMPTS;
  policy?.ignore("MaximumEventAgeInSeconds");
  policy?.done();
  target.done();
  if (retryAttempts < 0 || retryAttempts > DEFAULT_RETRY_ATTEMPTS) {
    throw new ServiceError("ValidationException", `MaximumRetryAttempts is between 0 and ${DEFAULT_RETRY_ATTEMPTS}.`);
  }
  return { id, arn, input: text, template, retryAttempts };
}

function parseEvent(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError("InvalidEventPatternException", "The event is not JSON.");
  }
}

function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message);
}
