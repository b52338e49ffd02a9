import type { Json } from "../document.ts";
import { isObject } from "../document.ts";
import type { QueryEnvironment } from "../query/expression.ts";
import { createJsonataCompiler } from "../query/jsonata/jsonata-expression.ts";
import type { FindIntegration } from "../tasks/integration.ts";
import { checkScopes } from "./check-scopes.ts";
import { checkTransitions } from "./check-transitions.ts";
import {
  BRANCH_FIELDS,
  type Language,
  MACHINE_FIELDS,
  PROCESSOR_CONFIG_FIELDS,
  PROCESSOR_FIELDS,
  STATE_FIELDS,
} from "./fields.ts";
import type { Flow, Machine, State, StateType } from "./model.ts";
import type { Problem } from "./problem.ts";
import { readState } from "./read-state.ts";
import { type Reader, type ReaderOptions, readObject } from "./reader.ts";

/** What expressions are compiled with, and which services there are. */
export interface ParseOptions {
  readonly environment: QueryEnvironment;
  readonly findIntegration: FindIntegration;
}

/** `machine` is there exactly if there is no problem. */
export interface ParsedDefinition {
  readonly machine?: Machine;
  readonly problems: readonly Problem[];
}

const LONGEST_STATE_NAME = 80;
const MACHINE_TIMEOUT = { minimum: 1, maximum: 99_999_999, isInteger: true };

/** Reads, checks and compiles the text of a definition. Never throws on a wrong text: all problems are answered. */
export function parseDefinition(text: string, { environment, findIntegration }: ParseOptions): ParsedDefinition {
  const problems: Problem[] = [];
  const value = parseJson(text, problems);
  if (value === undefined) return { problems };
  const options = { problems, compileJsonata: createJsonataCompiler(environment) };
  const defaultLanguage = languageOf(value) ?? "JSONPath";
  const reader = readObject(value, "", "", MACHINE_FIELDS, { ...options, language: defaultLanguage });
  if (reader === undefined) return { problems };
  checkTopFields(reader);

  const flows: { flow: Flow; path: string }[] = [];
  const stateNames = new Set<string>();

  /** Flows are numbered in the order in which they begin in the text. */
  const readFlow = (flowReader: Reader, path: string): Flow => {
    const states = new Map<string, State>();
    const flow: Flow = { number: flows.length, startAt: flowReader.requiredString("StartAt") ?? "", states };
    flows.push({ flow, path });
    for (const [name, stateValue] of Object.entries(objectIn(flowReader, "States"))) {
      const statePath = `${path}/States/${name}`;
      if (stateNames.has(name)) {
        problems.push({ code: "DUPLICATE_STATE_NAME", message: `Duplicate state name "${name}"`, path: statePath });
      }
      if (name.length > LONGEST_STATE_NAME || name === "") {
        flowReader.report(`A state name has 1 to ${LONGEST_STATE_NAME} characters`, `States/${name}`);
      }
      stateNames.add(name);
      const state = readOneState(name, stateValue, statePath);
      if (state !== undefined) states.set(name, state);
    }
    return flow;
  };

  const readOneState = (name: string, stateValue: Json, path: string): State | undefined => {
    const language = languageOf(stateValue) ?? defaultLanguage;
    const type = isObject(stateValue) ? stateValue["Type"] : undefined;
    if (!isStateType(type)) {
      const message = `Expected the field "Type" to be one of ${Object.keys(STATE_FIELDS).join(", ")}`;
      problems.push({ code: "SCHEMA_VALIDATION_FAILED", message, path });
      return undefined;
    }
    const readerOptions: ReaderOptions = { ...options, language };
    const stateReader = readObject(stateValue, path, "", STATE_FIELDS[type], readerOptions);
    if (stateReader === undefined) return undefined;
    checkLanguage(stateReader, defaultLanguage);
    return readState(name, type, stateReader, {
      findIntegration,
      readFlow(flowValue, flowPath, kind) {
        const table = kind === "branch" ? BRANCH_FIELDS : PROCESSOR_FIELDS;
        const flowReader = readObject(flowValue, flowPath, "", table, readerOptions);
        if (flowReader !== undefined && kind === "processor") checkProcessorConfig(flowReader);
        return flowReader === undefined ? undefined : readFlow(flowReader, flowPath);
      },
    });
  };

  const top = readFlow(reader, "");
  if (problems.length === 0) {
    for (const { flow, path } of flows) problems.push(...checkTransitions(flow, path));
    problems.push(...checkScopes(top));
  }
  if (problems.length > 0) return { problems };
  const others = flows.slice(1).map(({ flow }) => flow);
  return {
    problems,
    machine: { timeoutSeconds: reader.number("TimeoutSeconds", MACHINE_TIMEOUT), flows: [top, ...others] },
  };
}

function parseJson(text: string, problems: Problem[]): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch (error) {
    problems.push({ code: "INVALID_JSON_DESCRIPTION", message: String(error), path: "" });
    return undefined;
  }
}

function checkTopFields(reader: Reader): void {
  const version = reader.string("Version");
  if (version !== undefined && version !== "1.0") reader.report('The only version is "1.0"', "Version");
  reader.number("TimeoutSeconds", MACHINE_TIMEOUT);
  checkLanguage(reader, undefined);
}

function checkProcessorConfig(processor: Reader): void {
  if (processor.value("ProcessorConfig") === undefined) return;
  const config = processor.object("ProcessorConfig", PROCESSOR_CONFIG_FIELDS);
  const mode = config?.string("Mode") ?? "INLINE";
  if (mode !== "INLINE") config?.report(`The mode "${mode}" is not supported yet`, "Mode");
}

function checkLanguage(reader: Reader, outer: Language | undefined): void {
  const language = reader.string("QueryLanguage");
  if (language === undefined) return;
  if (language !== "JSONata" && language !== "JSONPath") {
    reader.report('Expected "JSONata" or "JSONPath"', "QueryLanguage");
  } else if (language === "JSONPath" && outer === "JSONata") {
    reader.report("A state cannot use JSONPath in a state machine that uses JSONata", "QueryLanguage");
  }
}

function languageOf(value: Json): Language | undefined {
  const language = isObject(value) ? value["QueryLanguage"] : undefined;
  return language === "JSONata" || language === "JSONPath" ? language : undefined;
}

function isStateType(type: Json | undefined): type is StateType {
  return typeof type === "string" && Object.hasOwn(STATE_FIELDS, type);
}

function objectIn(reader: Reader, field: string): { readonly [key: string]: Json } {
  const value = reader.value(field);
  if (isObject(value) && Object.keys(value).length > 0) return value;
  reader.report("Expected an object with at least one state", field);
  return {};
}
