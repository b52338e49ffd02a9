import { BREAKPOINT_LEVEL } from "./action-keys.ts";
import { ANY, BOOLEAN, type KeyLevel, listOf, mapOf, TEXT, TEXT_MAP, TEXTS } from "./key-table.ts";

const PARAM_LEVEL: KeyLevel = {
  name: "a param",
  keys: [
    { key: "name", type: TEXT, description: "Name of the param.", required: true },
    { key: "type", type: TEXT, description: "string, int or boolean.", default: "string" },
    { key: "required", type: BOOLEAN, description: "A run must give a value.", default: "false" },
    {
      key: "default",
      type: ANY,
      description: "Value where a run gives none.",
      default: 'the empty text; "false" for boolean',
    },
    { key: "desc", type: TEXT, description: "What the param is for." },
  ],
};

const OUTPUT_LEVEL: KeyLevel = {
  name: "an output",
  keys: [
    { key: "name", type: TEXT, description: "Name of the output.", required: true },
    { key: "ref", type: TEXT, description: "Reference to an action's output.", required: true },
    { key: "desc", type: TEXT, description: "What the output is." },
  ],
};

const COMPENSATOR_LEVEL: KeyLevel = {
  name: "cron_compensator",
  keys: [
    { key: "enable", type: BOOLEAN, description: "Make up for missed times.", default: "false" },
    { key: "latest_first", type: BOOLEAN, description: "The newest missed time first.", default: "false" },
    {
      key: "stop_if_latter_executed",
      type: BOOLEAN,
      description: "Do not make up for a time when a later one has run.",
      default: "false",
    },
  ],
};

const PUSH_LEVEL: KeyLevel = {
  name: "on.push",
  keys: [
    { key: "branches", type: TEXTS, description: "Branches; a * at the end stands for anything." },
    { key: "tags", type: TEXTS, description: "Tags." },
  ],
};

const MERGE_LEVEL: KeyLevel = {
  name: "on.merge",
  keys: [{ key: "branches", type: TEXTS, description: "Target branches." }],
};

const ON_LEVEL: KeyLevel = {
  name: "on",
  keys: [
    { key: "push", type: mapOf(PUSH_LEVEL), description: "Run when something is pushed." },
    { key: "merge", type: mapOf(MERGE_LEVEL), description: "Run for a merge request." },
  ],
};

const TRIGGER_LEVEL: KeyLevel = {
  name: "a trigger",
  keys: [
    { key: "on", type: TEXT, description: "Name of the event." },
    { key: "filter", type: TEXT_MAP, description: "Labels that the event must have." },
  ],
};

const LIFECYCLE_LEVEL: KeyLevel = {
  name: "a lifecycle hook",
  keys: [
    { key: "hook", type: TEXT, description: "before-run-check." },
    { key: "client", type: TEXT, description: "Who is asked." },
    { key: "labels", type: { kind: "map", values: ANY }, description: "Passed on to it." },
  ],
};

const STORAGE_LEVEL: KeyLevel = {
  name: "storage",
  keys: [{ key: "context", type: TEXT, description: "local: all actions share one volume." }],
};

/** Keys at the top of a pipeline. Source: reference/erda.md 1.4. */
export const PIPELINE_LEVEL: KeyLevel = {
  name: "a pipeline",
  keys: [
    { key: "version", type: TEXT, description: "Version of the language: 1.1." },
    { key: "name", type: TEXT, description: "Name of the pipeline.", default: "the file's name" },
    { key: "envs", type: TEXT_MAP, description: "Environment variables of every action." },
    { key: "params", type: listOf(PARAM_LEVEL), description: "What a run can be given." },
    { key: "outputs", type: listOf(OUTPUT_LEVEL), description: "What a run puts out." },
    {
      key: "stages",
      type: { kind: "list", items: ANY },
      description: "Stages run one after the other; the actions of a stage run at the same time.",
    },
    { key: "on", type: mapOf(ON_LEVEL), description: "Which pushes and merges start a run.", noEffectYet: true },
    { key: "cron", type: TEXT, description: "When to start a run by itself.", noEffectYet: true },
    {
      key: "cron_compensator",
      type: mapOf(COMPENSATOR_LEVEL),
      description: "Missed times of cron.",
      noEffectYet: true,
    },
    { key: "triggers", type: listOf(TRIGGER_LEVEL), description: "Events that start a run.", noEffectYet: true },
    { key: "storage", type: mapOf(STORAGE_LEVEL), description: "Where directories are kept.", noEffectYet: true },
    { key: "lifecycle", type: listOf(LIFECYCLE_LEVEL), description: "Outside checks.", noEffectYet: true },
    { key: "breakpoint", type: mapOf(BREAKPOINT_LEVEL), description: "Stop for debugging.", noEffectYet: true },
  ],
};

/** Keys of one list item under `stages`. */
export const STAGE_LEVEL: KeyLevel = {
  name: "a stage",
  keys: [{ key: "stage", type: { kind: "list", items: ANY }, description: "Actions that run at the same time." }],
};
