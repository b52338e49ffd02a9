import { inBuild, inShop, inStages, type Mistake } from "./mistake.ts";

/** Wrong stages and actions. */
export const ACTION_MISTAKES: readonly Mistake[] = [
  // Stages and actions.
  inStages("a stage without actions", "read/empty-stage", "- ▸stage:"),
  inStages("a stage with an empty list", "read/empty-stage", "- ▸stage: []"),
  inStages(
    "a stage under another name",
    "read/empty-stage",
    "- ▸steps:\n  - custom-script: {alias: x, commands: make}",
  ),
  inStages("an item without an action", "read/empty-action", "- stage:\n  - ▸{}"),
  inStages("a type without a colon", "read/wrong-type", "- stage:\n  - ▸custom-script"),
  inStages("two types in one item", "read/indent", "- stage:\n  - echo: {alias: x}\n    ▸wait: {alias: y}"),
  inStages("keys beside the type", "read/keys-beside-type", "- stage:\n  - ▸echo:\n    params: {text: hello}"),
  inStages("an input beside params", "read/param-outside-params", "- stage:\n  - echo: {▸text: hello}"),
  inStages("an unknown type", "validate/unknown-action", "- stage:\n  - ▸custom-scrip: {alias: x}"),
  inStages(
    "an alias twice",
    "validate/duplicate-alias",
    "- stage:\n  - custom-script: {alias: ▸build, commands: make}",
  ),
  inStages("an item of the graph form without a type", "read/missing-type", "- - ▸alias: x"),
  inStages("an unknown version", "validate/unknown-version", "- stage:\n  - ▸echo@7.0: {params: {text: hello}}"),
  inStages(
    "an unknown version behind its key",
    "validate/unknown-version",
    "- stage:\n  - echo: {version: ▸7.0, params: {text: hello}}",
  ),
  inStages(
    "commands among the inputs",
    "validate/commands-in-params",
    "- stage:\n  - custom-script: {params: {▸commands: make}}",
  ),
  inStages(
    "a relative repository",
    "validate/relative-repository",
    "- stage:\n  - git-checkout: {alias: x, params: {uri: ▸../shop}}",
  ),
  inStages(
    "an alias with a backslash",
    "validate/alias-with-backslash",
    "- stage:\n  - custom-script: {alias: ▸a\\b, commands: make}",
  ),
  inStages("a type whose executor does not exist", "lower/unknown-executor-of-type", "- stage:\n  - ▸page: {alias: x}"),
  inStages(
    "commands of a state that waits",
    "lower/no-effect-on-wait",
    "- stage:\n  - wait: {params: {wait_time_sec: 1}, commands: ▸make}",
  ),
  inStages("an unknown param", "validate/unknown-param", "- stage:\n  - echo: {params: {text: hello, ▸txt: hello}}"),
  inStages("a missing param", "validate/missing-param", "- stage:\n  - ▸echo: {params: {}}"),
  inStages(
    "a param of a wrong type",
    "validate/wrong-param-type",
    "- stage:\n  - wait: {params: {wait_time_sec: ▸soon}}",
  ),
  inBuild("a directory twice", "validate/duplicate-namespace", "commands: make\nnamespaces: [cache, ▸cache]"),
  inBuild("an unknown executor", "validate/unknown-executor", "commands: make\nexecutor: ▸loca"),
  inBuild("an image without a container", "validate/image-not-used", "commands: make\nimage: ▸node:22"),
  inBuild(
    "a reference in a key of plain text",
    "validate/reference-without-effect",
    'commands: make\nshell: ▸"${{ params.target }}"',
  ),
  inShop("an env that no shell takes", "validate/env-name", { top: "envs: {▸my-store: main}" }),
  inBuild("a timeout of nothing", "validate/timeout", "commands: make\ntimeout: ▸-5"),
  inBuild("a loop of less than nothing", "validate/loop-times", "commands: make\nloop: ▸{strategy: {max_times: -2}}"),
  inBuild("a retry of nothing", "validate/retry-times", "commands: make\nretry: ▸{max_times: 0}"),
];
