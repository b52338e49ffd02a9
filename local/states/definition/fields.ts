import type { StateType } from "./model.ts";

/** A query language of ASL; the engine runs JSONata. */
export type Language = "JSONata" | "JSONPath";

/** Fields of a thing in the definition: those of both query languages, and those that only one of them has. */
interface FieldTable {
  readonly both: readonly string[];
  readonly JSONata?: readonly string[];
  readonly JSONPath?: readonly string[];
  /** Fields of the specification that the engine does not have yet: refused with words of their own. */
  readonly later?: readonly string[];
}

const TRANSITION = ["Next", "End"] as const;
const EVERY_STATE = ["Type", "Comment", "QueryLanguage"] as const;
const PATHS = ["InputPath", "OutputPath"] as const;
const RESULT_PATHS = [...PATHS, "ResultPath", "Parameters", "ResultSelector"] as const;

/** Source: https://states-language.net/spec.html and https://docs.aws.amazon.com/step-functions/latest/dg/concepts-states.html */
export const STATE_FIELDS: { readonly [type in StateType]: FieldTable } = {
  Task: {
    both: [...EVERY_STATE, ...TRANSITION, "Resource", "TimeoutSeconds", "HeartbeatSeconds", "Retry", "Catch", "Assign"],
    JSONata: ["Arguments", "Output"],
    JSONPath: [...RESULT_PATHS, "TimeoutSecondsPath", "HeartbeatSecondsPath"],
    later: ["Credentials"],
  },
  Pass: {
    both: [...EVERY_STATE, ...TRANSITION, "Assign"],
    JSONata: ["Output"],
    JSONPath: [...PATHS, "ResultPath", "Parameters", "Result"],
  },
  Wait: {
    both: [...EVERY_STATE, ...TRANSITION, "Seconds", "Timestamp", "Assign"],
    JSONata: ["Output"],
    JSONPath: [...PATHS, "SecondsPath", "TimestampPath"],
  },
  Choice: {
    both: [...EVERY_STATE, "Choices", "Default", "Assign"],
    JSONata: ["Output"],
    JSONPath: PATHS,
  },
  Succeed: { both: EVERY_STATE, JSONata: ["Output"], JSONPath: PATHS },
  Fail: { both: [...EVERY_STATE, "Error", "Cause"], JSONPath: ["ErrorPath", "CausePath"] },
  Parallel: {
    both: [...EVERY_STATE, ...TRANSITION, "Branches", "Retry", "Catch", "Assign"],
    JSONata: ["Arguments", "Output"],
    JSONPath: RESULT_PATHS,
  },
  Map: {
    both: [
      ...EVERY_STATE,
      ...TRANSITION,
      "ItemProcessor",
      "ItemSelector",
      "MaxConcurrency",
      "ToleratedFailureCount",
      "ToleratedFailurePercentage",
      "Retry",
      "Catch",
      "Assign",
    ],
    JSONata: ["Items", "Output"],
    JSONPath: [
      ...RESULT_PATHS,
      "ItemsPath",
      "Iterator",
      "MaxConcurrencyPath",
      "ToleratedFailureCountPath",
      "ToleratedFailurePercentagePath",
    ],
    later: ["ItemReader", "ItemBatcher", "ResultWriter", "Label"],
  },
};

/** Fields beside `States` of a whole machine. */
export const MACHINE_FIELDS: FieldTable = {
  both: ["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"],
};

/** Fields of a branch of a Parallel state. */
export const BRANCH_FIELDS: FieldTable = { both: ["Comment", "StartAt", "States"] };

/** Fields of an ItemProcessor. */
export const PROCESSOR_FIELDS: FieldTable = { both: ["Comment", "StartAt", "States", "ProcessorConfig"] };

/** Fields of a ProcessorConfig. */
export const PROCESSOR_CONFIG_FIELDS: FieldTable = { both: ["Mode"], later: ["ExecutionType"] };

/** Fields of an element of `Retry`. */
export const RETRIER_FIELDS: FieldTable = {
  both: [
    "Comment",
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
  ],
};

/** Fields of an element of `Catch`. */
export const CATCHER_FIELDS: FieldTable = {
  both: ["Comment", "ErrorEquals", "Next", "Assign"],
  JSONata: ["Output"],
  JSONPath: ["ResultPath"],
};

/** Fields of an element of `Choices`. */
export const CHOICE_RULE_FIELDS: FieldTable = {
  both: ["Comment", "Condition", "Next", "Assign"],
  JSONata: ["Output"],
};

/** Why a field cannot stand where it stands, or undefined if it can. */
export function refusalOf(field: string, table: FieldTable, language: Language): string | undefined {
  if (table.both.includes(field)) return undefined;
  if (table[language]?.includes(field)) {
    return language === "JSONata"
      ? undefined
      : `The JSONPath field "${field}" is not supported yet; use "QueryLanguage": "JSONata"`;
  }
  if (table.later?.includes(field)) return `The field "${field}" is not supported yet`;
  const other = language === "JSONata" ? "JSONPath" : "JSONata";
  if (table[other]?.includes(field)) {
    return `The field "${field}" is not supported when the QueryLanguage is "${language}"`;
  }
  return `The field "${field}" is not supported by Step Functions`;
}
