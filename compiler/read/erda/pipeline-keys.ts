import { DEFAULT_TIME_ZONE } from "../../cron/time-zone.ts";
import { PARAM_TYPES } from "../../model/pipeline.ts";
import { DEFAULT_OVERLAP, OVERLAP_POLICIES } from "../../model/schedule.ts";
import { BREAKPOINT_LEVEL } from "./action-keys.ts";
import { ANY, BOOLEAN, type KeyLevel, listOf, mapOf, TEXT, TEXT_MAP, TEXTS, wordOf } from "./key-table.ts";

const PARAM_LEVEL: KeyLevel = {
  name: "a param",
  keys: [
    { key: "name", type: TEXT, description: "Name of the param.", example: "target", required: true },
    {
      key: "type",
      type: wordOf(PARAM_TYPES),
      description: "string, int or boolean.",
      example: "int",
      default: "string",
    },
    { key: "required", type: BOOLEAN, description: "A run must give a value.", example: "true", default: "false" },
    {
      key: "default",
      type: ANY,
      description: "Value where a run gives none.",
      example: "staging",
      default: 'the empty text; "false" for boolean',
    },
    { key: "desc", type: TEXT, description: "What the param is for.", example: "Where the shop goes." },
  ],
};

const OUTPUT_LEVEL: KeyLevel = {
  name: "an output",
  keys: [
    { key: "name", type: TEXT, description: "Name of the output.", example: "commit", required: true },
    {
      key: "ref",
      type: TEXT,
      description: "Reference to an action's output.",
      example: "${{ outputs.repo.commit }}",
      required: true,
    },
    { key: "desc", type: TEXT, description: "What the output is.", example: "What was built." },
  ],
};

const COMPENSATOR_LEVEL: KeyLevel = {
  name: "cron_compensator",
  keys: [
    { key: "enable", type: BOOLEAN, description: "Make up for missed times.", example: "true", default: "false" },
    {
      key: "latest_first",
      type: BOOLEAN,
      description: "The newest missed time first.",
      example: "true",
      default: "false",
    },
    {
      key: "stop_if_latter_executed",
      type: BOOLEAN,
      description: "Do not make up for a time when a later one has run.",
      example: "true",
      default: "false",
    },
  ],
};

const PUSH_LEVEL: KeyLevel = {
  name: "on.push",
  keys: [
    {
      key: "branches",
      type: TEXTS,
      description: "Branches; a * at the end stands for anything.",
      example: "[main, release/*]",
    },
    { key: "tags", type: TEXTS, description: "Tags.", example: "[v*]" },
  ],
};

const MERGE_LEVEL: KeyLevel = {
  name: "on.merge",
  keys: [{ key: "branches", type: TEXTS, description: "Target branches.", example: "[main]" }],
};

const ON_LEVEL: KeyLevel = {
  name: "on",
  keys: [
    {
      key: "push",
      type: mapOf(PUSH_LEVEL),
      description: "Run when something is pushed.",
      example: "{branches: [main]}",
    },
    { key: "merge", type: mapOf(MERGE_LEVEL), description: "Run for a merge request.", example: "{branches: [main]}" },
  ],
};

const TRIGGER_LEVEL: KeyLevel = {
  name: "a trigger",
  keys: [
    { key: "on", type: TEXT, description: "Name of the event.", example: "git-push" },
    { key: "filter", type: TEXT_MAP, description: "Labels that the event must have.", example: "{branch: main}" },
  ],
};

const LIFECYCLE_LEVEL: KeyLevel = {
  name: "a lifecycle hook",
  keys: [
    { key: "hook", type: TEXT, description: "before-run-check.", example: "before-run-check" },
    { key: "client", type: TEXT, description: "Who is asked.", example: "approvals" },
    { key: "labels", type: { kind: "map", values: ANY }, description: "Passed on to it.", example: "{team: shop}" },
  ],
};

const STORAGE_LEVEL: KeyLevel = {
  name: "storage",
  keys: [{ key: "context", type: TEXT, description: "local: all actions share one volume.", example: "local" }],
};

const DEFAULTS_LEVEL: KeyLevel = {
  name: "defaults",
  keys: [
    {
      key: "executor",
      type: TEXT,
      description: "Name of the executor that runs the actions.",
      example: "process",
      default: "that of the action type, else the installation's default",
    },
  ],
};

/** Keys at the top of a pipeline. Source: reference/erda.md 1.4. */
export const PIPELINE_LEVEL: KeyLevel = {
  name: "a pipeline",
  keys: [
    { key: "version", type: wordOf(["1.1"]), description: "Version of the language: 1.1.", example: '"1.1"' },
    { key: "name", type: TEXT, description: "Name of the pipeline.", example: "shop", default: "the file's name" },
    { key: "envs", type: TEXT_MAP, description: "Environment variables of every action.", example: "{STORE: main}" },
    {
      key: "params",
      type: listOf(PARAM_LEVEL),
      description: "What a run can be given.",
      example: "[{name: target, default: staging}]",
    },
    {
      key: "outputs",
      type: listOf(OUTPUT_LEVEL),
      description: "What a run puts out.",
      example: '[{name: commit, ref: "${{ outputs.repo.commit }}"}]',
    },
    {
      key: "defaults",
      type: mapOf(DEFAULTS_LEVEL),
      description: "What holds for every action that does not say otherwise (not in Erda).",
      example: "{executor: process}",
    },
    {
      key: "stages",
      type: { kind: "list", items: ANY },
      description: "Stages run one after the other; the actions of a stage run at the same time.",
      example: "[{stage: [{echo: {params: {text: hello}}}]}]",
    },
    {
      key: "on",
      type: mapOf(ON_LEVEL),
      description: "Which pushes and merges start a run.",
      example: "{push: {branches: [main]}}",
      noEffectYet: true,
    },
    {
      key: "cron",
      type: TEXT,
      description: "When a run starts by itself.",
      example: "0 2 * * *",
    },
    {
      key: "cron_timezone",
      type: TEXT,
      description: "Time zone of cron.",
      example: "Asia/Shanghai",
      default: DEFAULT_TIME_ZONE,
    },
    {
      key: "cron_overlap",
      type: wordOf(OVERLAP_POLICIES),
      description:
        "What a time of cron does while a run of the pipeline is under way: forbid starts no other, replace cancels that one, allow starts another.",
      example: "replace",
      default: DEFAULT_OVERLAP,
    },
    {
      key: "cron_compensator",
      type: mapOf(COMPENSATOR_LEVEL),
      description: "Missed times of cron.",
      example: "{enable: true}",
      noEffectYet: true,
    },
    {
      key: "triggers",
      type: listOf(TRIGGER_LEVEL),
      description: "Events that start a run.",
      example: "[{on: git-push}]",
      noEffectYet: true,
    },
    {
      key: "storage",
      type: mapOf(STORAGE_LEVEL),
      description: "Where directories are kept.",
      example: "{context: local}",
      noEffectYet: true,
    },
    {
      key: "lifecycle",
      type: listOf(LIFECYCLE_LEVEL),
      description: "Outside checks.",
      example: "[{hook: before-run-check}]",
      noEffectYet: true,
    },
    {
      key: "breakpoint",
      type: mapOf(BREAKPOINT_LEVEL),
      description: "Stop for debugging.",
      example: "{on: {failure: true}}",
      noEffectYet: true,
    },
  ],
};

/** Keys of one list item under `stages`. */
export const STAGE_LEVEL: KeyLevel = {
  name: "a stage",
  keys: [
    {
      key: "stage",
      type: { kind: "list", items: ANY },
      description: "Actions that run at the same time.",
      example: "[{echo: {params: {text: hello}}}]",
    },
  ],
};
