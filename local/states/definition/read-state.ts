import type { Json } from "../document.ts";
import type { Template } from "../query/template.ts";
import { parseTimestamp } from "../states/timestamp.ts";
import type { FindIntegration } from "../tasks/integration.ts";
import { CHOICE_RULE_FIELDS } from "./fields.ts";
import type { Flow, MapState, State } from "./model.ts";
import { readAssign } from "./read-assign.ts";
import { readCatch, readRetry } from "./read-failure-handling.ts";
import type { NumberRange, Reader } from "./reader.ts";

/** What a state needs beside its own fields. */
export interface StateReading {
  readonly findIntegration: FindIntegration;
  /** Reads a branch or an item processor; `field` is the reader's field that holds it. */
  readFlow(value: Json | undefined, path: string, kind: "branch" | "processor"): Flow | undefined;
}

/** Longest time a state machine can wait, a little more than three years: 99,999,999 seconds. */
const SECONDS: NumberRange = { minimum: 0, maximum: 99_999_999, isInteger: true };
const POSITIVE_SECONDS: NumberRange = { ...SECONDS, minimum: 1 };
const COUNT: NumberRange = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER, isInteger: true };
const PERCENTAGE: NumberRange = { minimum: 0, maximum: 100, isInteger: false };

/** Reads one state whose fields are known to be allowed; undefined if it lacks something that it cannot do without. */
export function readState(name: string, type: State["type"], reader: Reader, reading: StateReading): State | undefined {
  const fields = { name, assign: readAssign(reader), output: reader.template("Output") };
  switch (type) {
    case "Task":
      return readTask(fields, reader, reading);
    case "Pass":
      return { ...fields, type, next: readNext(reader) };
    case "Wait":
      return readWait(fields, reader);
    case "Choice":
      return readChoice(fields, reader);
    case "Succeed":
      return { ...fields, type };
    case "Fail":
      return { ...fields, type, error: readText(reader, "Error"), cause: readText(reader, "Cause") };
    case "Parallel":
      return readParallel(fields, reader, reading);
    case "Map":
      return readMap(fields, reader, reading);
  }
}

type Fields = Pick<State, "name" | "assign" | "output">;

function readNext(reader: Reader): string | undefined {
  const next = reader.string("Next");
  const end = reader.value("End");
  if (end !== undefined && typeof end !== "boolean") reader.report("Expected a boolean", "End");
  if ((next === undefined) === (end !== true)) {
    reader.report('Expected either the field "Next" or "End": true');
  }
  return next;
}

function readText(reader: Reader, field: string): Template | undefined {
  const template = reader.template(field);
  if (template?.kind === "constant" && typeof template.document.value !== "string") {
    reader.report("Expected a string", field);
  }
  return template;
}

function readTask(fields: Fields, reader: Reader, { findIntegration }: StateReading): State | undefined {
  const resource = reader.requiredString("Resource");
  const integration = resource === undefined ? undefined : findIntegration(resource);
  if (resource !== undefined && integration === undefined) {
    reader.report(`The resource "${resource}" is not supported`, "Resource");
  }
  for (const problem of integration?.check(reader.value("Arguments") ?? {}) ?? []) {
    reader.report(problem.message, `Arguments${problem.path}`);
  }
  const timeoutSeconds = reader.numberTemplate("TimeoutSeconds", POSITIVE_SECONDS);
  const heartbeatSeconds = reader.numberTemplate("HeartbeatSeconds", POSITIVE_SECONDS);
  const timeout = constantNumber(timeoutSeconds);
  const heartbeat = constantNumber(heartbeatSeconds);
  if (timeout !== undefined && heartbeat !== undefined && heartbeat >= timeout) {
    reader.report("HeartbeatSeconds must be smaller than TimeoutSeconds", "HeartbeatSeconds");
  }
  const rest = { next: readNext(reader), retry: readRetry(reader), catch: readCatch(reader) };
  if (resource === undefined || integration === undefined) return undefined;
  const arguments_ = reader.template("Arguments");
  return {
    ...fields,
    ...rest,
    type: "Task",
    resource,
    integration,
    arguments: arguments_,
    timeoutSeconds,
    heartbeatSeconds,
  };
}

function constantNumber(template: Template | undefined): number | undefined {
  const value = template?.kind === "constant" ? template.document.value : undefined;
  return typeof value === "number" ? value : undefined;
}

function readWait(fields: Fields, reader: Reader): State | undefined {
  const seconds = reader.numberTemplate("Seconds", SECONDS);
  const timestamp = readText(reader, "Timestamp");
  const next = readNext(reader);
  if (timestamp?.kind === "constant" && parseTimestamp(String(timestamp.document.value)) === undefined) {
    reader.report("Expected a timestamp in the form 2016-08-18T17:33:00Z", "Timestamp");
  }
  if (seconds !== undefined && timestamp === undefined) {
    return { ...fields, type: "Wait", next, until: { kind: "seconds", seconds } };
  }
  if (timestamp !== undefined && seconds === undefined) {
    return { ...fields, type: "Wait", next, until: { kind: "timestamp", timestamp } };
  }
  reader.report('Expected either the field "Seconds" or the field "Timestamp"');
  return undefined;
}

function readChoice(fields: Fields, reader: Reader): State {
  if (reader.language === "JSONPath") reader.report("JSONPath is not supported yet in Choice states", "Choices");
  const rules = reader.language === "JSONPath" ? [] : reader.objects("Choices", CHOICE_RULE_FIELDS);
  if (rules.length === 0 && reader.language === "JSONata")
    reader.report("Expected at least one choice rule", "Choices");
  const choices = rules.flatMap((rule) => {
    const condition = rule.template("Condition");
    const next = rule.requiredString("Next");
    if (condition === undefined) rule.report('The field "Condition" is required');
    else if (condition.kind === "constant" && typeof condition.document.value !== "boolean") {
      rule.report("Expected a boolean or an expression of one", "Condition");
    }
    if (condition === undefined || next === undefined) return [];
    return [{ condition, next, assign: readAssign(rule), output: rule.template("Output") }];
  });
  return { ...fields, type: "Choice", choices, default: reader.string("Default") };
}

function readParallel(fields: Fields, reader: Reader, { readFlow }: StateReading): State {
  const value = reader.value("Branches");
  const list = Array.isArray(value) ? value : [];
  if (list.length === 0) reader.report("Expected at least one branch", "Branches");
  const branches = list.flatMap((branch: Json, index) => {
    return readFlow(branch, `${reader.path}/Branches[${index}]`, "branch") ?? [];
  });
  return {
    ...fields,
    type: "Parallel",
    next: readNext(reader),
    retry: readRetry(reader),
    catch: readCatch(reader),
    arguments: reader.template("Arguments"),
    branches,
  };
}

function readMap(fields: Fields, reader: Reader, { readFlow }: StateReading): State | undefined {
  const value = reader.value("ItemProcessor");
  if (value === undefined) reader.report('The field "ItemProcessor" is required');
  const processor = value === undefined ? undefined : readFlow(value, `${reader.path}/ItemProcessor`, "processor");
  const items = reader.template("Items");
  if (items !== undefined && items.kind !== "expression" && !isListTemplate(items)) {
    reader.report("Expected a list or an expression of one", "Items");
  }
  const state: Omit<MapState, "processor"> = {
    ...fields,
    type: "Map",
    next: readNext(reader),
    retry: readRetry(reader),
    catch: readCatch(reader),
    items,
    itemSelector: reader.template("ItemSelector"),
    maxConcurrency: reader.numberTemplate("MaxConcurrency", COUNT),
    tolerated: readTolerated(reader),
  };
  return processor === undefined ? undefined : { ...state, processor };
}

function isListTemplate(template: Template): boolean {
  return template.kind === "array" || (template.kind === "constant" && Array.isArray(template.document.value));
}

function readTolerated(reader: Reader): MapState["tolerated"] {
  const count = reader.numberTemplate("ToleratedFailureCount", COUNT);
  const percentage = reader.numberTemplate("ToleratedFailurePercentage", PERCENTAGE);
  return [
    ...(count === undefined ? [] : [{ template: count, limit: COUNT.maximum }]),
    ...(percentage === undefined ? [] : [{ template: percentage, limit: PERCENTAGE.maximum }]),
  ];
}
