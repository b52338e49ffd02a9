import { ANY, BOOLEAN, type KeyLevel, type KeySpec, listOf, mapOf, TEXT, TEXT_MAP, TEXTS } from "./key-table.ts";
import { LOOP_LEVEL, RETRY_LEVEL } from "./loop-keys.ts";

const RESOURCES_LEVEL: KeyLevel = {
  name: "resources",
  keys: [
    {
      key: "cpu",
      type: { kind: "number", whole: false, least: 0, unit: "CPUs" },
      description: "CPUs, for example 0.5.",
      example: "0.5",
    },
    {
      key: "max_cpu",
      type: { kind: "number", whole: false, least: 0, unit: "CPUs" },
      description: "CPUs at most.",
      example: "2",
    },
    {
      key: "mem",
      type: { kind: "number", whole: true, least: 0, unit: "MB" },
      description: "Memory in MB.",
      example: "1024",
    },
    {
      key: "disk",
      type: { kind: "number", whole: true, least: 0, unit: "MB" },
      description: "Disk in MB.",
      example: "2048",
    },
    {
      key: "network",
      type: TEXT_MAP,
      description: "Network mode of the container.",
      example: "{mode: host}",
      noEffectYet: true,
    },
  ],
};

const CACHE_LEVEL: KeyLevel = {
  name: "a cache",
  keys: [
    { key: "key", type: TEXT, description: "Name of the cache.", example: "npm" },
    { key: "path", type: TEXT, description: "Directory to keep between runs.", example: "/root/.npm" },
  ],
};

const SNIPPET_LEVEL: KeyLevel = {
  name: "snippet_config",
  keys: [
    { key: "source", type: TEXT, description: "Where the nested pipeline is kept.", example: "local" },
    { key: "name", type: TEXT, description: "Its name there.", example: "deploy" },
    { key: "labels", type: TEXT_MAP, description: "Free labels.", example: "{team: shop}" },
  ],
};

const POLICY_LEVEL: KeyLevel = {
  name: "a policy",
  keys: [
    {
      key: "type",
      type: TEXT,
      description: "new-run, try-latest-success-result or try-latest-result.",
      example: "new-run",
    },
  ],
};

/** Keys of `breakpoint`, of a pipeline and of an action. Source: reference/erda.md 1.15. */
export const BREAKPOINT_LEVEL: KeyLevel = {
  name: "a breakpoint",
  keys: [
    {
      key: "on",
      type: { kind: "map", values: BOOLEAN },
      description: "When to stop: {failure: true}.",
      example: "{failure: true}",
    },
    { key: "timeout", type: ANY, description: "How long to wait: seconds or a duration.", example: "600" },
  ],
};

const ACTION_KEYS: readonly KeySpec[] = [
  {
    key: "alias",
    type: TEXT,
    description: "Name of the action, unique in the pipeline.",
    example: "build",
    default: "the action type",
  },
  { key: "description", type: TEXT, description: "What the action is for.", example: "Builds the shop." },
  {
    key: "version",
    type: TEXT,
    description: "Version of the action type.",
    example: '"1.0"',
    default: "the newest one",
  },
  {
    key: "params",
    type: { kind: "map", values: ANY },
    description: "Inputs of the action type; any values.",
    example: "{text: hello}",
  },
  { key: "labels", type: TEXT_MAP, description: "Free labels.", example: "{team: shop}" },
  {
    key: "image",
    type: TEXT,
    description: "Container image that the action runs in; it may refer to params, configs and outputs.",
    example: "node:22",
    default: "that of the action type",
  },
  {
    key: "shell",
    type: TEXT,
    description: "Interpreter of the commands; references become variables in shells, python and node.",
    example: "bash -e",
    default: "sh -e",
  },
  {
    key: "commands",
    type: { kind: "lines" },
    description: "Script, as a text or a list of lines.",
    example: "[npm ci, npm test]",
  },
  {
    key: "if",
    type: TEXT,
    description: "Expression; the action is skipped unless it is true. It is judged also after a failure.",
    example: "${{ '${{ outputs.repo.branch }}' == 'main' }}",
  },
  {
    key: "loop",
    type: mapOf(LOOP_LEVEL),
    description: "Repeats the action until an expression is true.",
    example: "{strategy: {max_times: 5}}",
  },
  {
    key: "retry",
    type: mapOf(RETRY_LEVEL),
    description: "Repeats a failed try (not in Erda).",
    example: "{max_times: 2}",
  },
  {
    key: "timeout",
    type: { kind: "number", whole: true, unit: "seconds" },
    description: "Longest running time over all attempts in seconds; -1 is without limit.",
    example: "600",
    default: "3600",
  },
  {
    key: "resources",
    type: mapOf(RESOURCES_LEVEL),
    description: "CPU, memory and disk.",
    example: "{cpu: 0.5, mem: 1024}",
  },
  {
    key: "disable",
    type: BOOLEAN,
    description: "Leaves the action out; it counts as success.",
    example: "true",
    default: "false",
  },
  {
    key: "namespaces",
    type: TEXTS,
    description: "Further directories that the action leaves behind, beside the one named by its alias.",
    example: "[coverage]",
  },
  {
    key: "executor",
    type: TEXT,
    description: "Name of the executor that runs the action (not in Erda).",
    example: "process",
    default: 'that of "defaults", else of the action type, else the installation\'s default',
  },
  {
    key: "caches",
    type: listOf(CACHE_LEVEL),
    description: "Directories kept between runs.",
    example: "[{key: npm, path: /root/.npm}]",
    noEffectYet: true,
  },
  {
    key: "policy",
    type: mapOf(POLICY_LEVEL),
    description: "Reuse of earlier results.",
    example: "{type: new-run}",
    noEffectYet: true,
  },
  {
    key: "snippet_config",
    type: mapOf(SNIPPET_LEVEL),
    description: "The nested pipeline.",
    example: "{source: local, name: deploy}",
    noEffectYet: true,
  },
  { key: "workspace", type: TEXT, description: "Working directory.", example: "/shop", noEffectYet: true },
  {
    key: "breakpoint",
    type: mapOf(BREAKPOINT_LEVEL),
    description: "Stop for debugging.",
    example: "{on: {failure: true}}",
    noEffectYet: true,
  },
];

/** Keys under an action type. Source: reference/erda.md 1.5. */
export const ACTION_LEVEL: KeyLevel = { name: "an action", keys: ACTION_KEYS };

/** Keys of an action in the graph form, which names the type by a key (reference/erda.md 1.2). */
export const GRAPH_ACTION_LEVEL: KeyLevel = {
  name: "an action",
  keys: [
    {
      key: "type",
      type: TEXT,
      description: "Action type (only where stages are lists).",
      example: "echo",
      required: true,
    },
    ...ACTION_KEYS,
    // What the visual editor adds for itself.
    { key: "displayName", type: TEXT, description: "Shown in Erda's editor.", example: "Build", noEffectYet: true },
    {
      key: "logoUrl",
      type: TEXT,
      description: "Shown in Erda's editor.",
      example: "https://shop.example/logo.png",
      noEffectYet: true,
    },
  ],
};
