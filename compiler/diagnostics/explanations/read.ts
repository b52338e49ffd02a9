import type { READ_DIAGNOSTICS } from "../catalog/read.ts";
import { type ExplanationsOf, file, oneStage } from "./explanation.ts";
import { READ_REFERENCE_EXPLANATIONS } from "./read-references.ts";

/** Why well-formed YAML is no pipeline. */
export const READ_EXPLANATIONS: ExplanationsOf<typeof READ_DIAGNOSTICS> = {
  ...READ_REFERENCE_EXPLANATIONS,
  "read/foreign-file": {
    why: 'The file is one of another system, in which other words mean other things, so nothing of it is read and nothing changed. A job is an action below "- stage:" here, and what needs another job stands in a later stage; steps, run and script are "commands", uses is the action type, with its inputs under "params", and secrets are "${{ configs.<key> }}".',
    wrong: file`
      on: [push]
      jobs:
        build:
          runs-on: ubuntu-latest
          steps:
          - uses: actions/checkout@v4
          - run: npm test
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - git-checkout:
            alias: repo
            params:
              uri: https://git.example/shop.git
      - stage:
        - custom-script:
            alias: build
            commands:
            - cd \${{ dirs.repo }}
            - npm test
    `,
  },
  "read/missing-version": {
    why: "The version says how the rest is to be read. Files of version 1.0 look alike and mean something else, so it is not guessed.",
    wrong: file`
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: 1.1
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    fix: 'Adds "version: 1.1" at the top.',
  },
  "read/version-1-0": {
    why: "Version 1.0 is an older layout of Erda's, with resources and tasks in other places. Nothing else of the file was looked at.",
    wrong: file`
      version: "1.0"
      stages:
      - name: build
        tasks:
        - task: make
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
    `,
  },
  "read/unsupported-version": {
    why: "The version is that of the language, not of your pipeline. There is 1.1, and an older one whose layout is not read.",
    wrong: file`
      version: "2.0"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/no-stages": {
    why: "Stages hold the actions. Without any, a run ends at once and has done nothing.",
    wrong: file`
      version: "1.1"
      name: shop
    `,
    right: file`
      version: "1.1"
      name: shop
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/wrong-type": {
    why: "The key wants another kind of value: a number and not a text, a list and not a map. Quotes make a text of everything; a colon or a bracket makes a map or a list of what was meant as text.",
    wrong: oneStage`
      - custom-script:
          timeout: 10m
          resources:
            mem: "512"
          commands:
          - echo step one: make
    `,
    right: oneStage`
      - custom-script:
          timeout: 600
          resources:
            mem: 512
          commands:
          - 'echo step one: make'
    `,
    fix: "Removes or adds quotes, writes a number in the unit of the key, makes a list of one word or of named values, adds the colon of an action.",
  },
  "read/out-of-range": {
    why: "There are no fewer than no seconds, CPUs or megabytes.",
    wrong: oneStage`
      - custom-script:
          resources:
            cpu: -1
          commands: make
    `,
    right: oneStage`
      - custom-script:
          resources:
            cpu: 1
          commands: make
    `,
  },
  "read/unknown-key": {
    why: "Nothing reads this key, so what it says would not happen. It is a warning, because files may carry what other tools read; with --strict it is an error.",
    wrong: oneStage`
      - custom-script:
          aliass: build
          desc: Builds the shop.
          commands: make
    `,
    right: oneStage`
      - custom-script:
          alias: build
          description: Builds the shop.
          commands: make
    `,
    fix: "Writes the key that is meant, where only one is near or another system calls it so.",
  },
  "read/missing-key": {
    why: "Without this key the rest of the map means nothing: a param or an output without a name cannot be used.",
    wrong: file`
      version: "1.1"
      params:
      - default: beta
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/no-effect-yet": {
    why: "Erda knows this key, and Sluice reads it so that a file need not be changed, but does not do it yet. You are told so that you do not rely on it.",
    wrong: file`
      version: "1.1"
      on: {push: {branches: [main]}}
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/empty-stage": {
    why: 'A stage is a list item with the key "stage" and a list of actions. Here the key is another one, or no action stands below it.',
    wrong: file`
      version: "1.1"
      stages:
      - stge:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    fix: 'Writes "stage" where the key is nearly that.',
  },
  "read/action-outside-stage": {
    why: 'Each item of "stages" is a stage, "- stage:", and the actions are a list below that word. An action in the list of stages itself was not indented, or its stage is missing.',
    wrong: file`
      version: "1.1"
      stages:
      - stage:
      - custom-script:
          commands: make
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    fix: 'Indents the actions behind a bare "- stage:", or makes a stage of each.',
  },
  "read/empty-action": {
    why: 'Behind a "-" stands an action. Here nothing does: it was removed, or stands in the wrong column.',
    wrong: oneStage`
      - custom-script:
          commands: make
      -
    `,
    right: oneStage`
      - custom-script:
          commands: make
    `,
    fix: 'Removes the "-" that stands alone on its line.',
  },
  "read/no-commands": {
    why: "A type such as custom-script runs the commands of its action and nothing else. Without any the action would be green at once, although nothing was built or tested. Other systems call them run, script or steps.",
    wrong: oneStage`
      - custom-script:
          alias: test
          run: npm test
    `,
    right: oneStage`
      - custom-script:
          alias: test
          commands: npm test
    `,
    fix: 'Calls a key of another system that holds texts "commands".',
  },
  "read/comment-in-command": {
    why: 'A "#" behind a space begins a comment, both in YAML and in a shell. YAML does not look at the quotes of the shell, so a "#" inside them cuts the command off; a comment that begins right behind the "#" may be part of the command, too.',
    wrong: oneStage`
      - custom-script:
          commands:
          - git tag -m "release #12" v12
    `,
    right: oneStage`
      - custom-script:
          commands:
          - 'git tag -m "release #12" v12'
    `,
    fix: "Puts the line in single quotes, where a quote of the shell stays open before the comment.",
  },
  "read/joined-commands": {
    why: 'Only "|" keeps the lines of a text. Behind ">", or without any sign, they become one line with spaces between them: what was meant as the second command is an argument of the first.',
    wrong: oneStage`
      - custom-script:
          commands: >
            npm ci
            npm test
    `,
    right: oneStage`
      - custom-script:
          commands: |
            npm ci
            npm test
    `,
    fix: 'Writes "|".',
  },
  "read/indent": {
    why: 'A list item is one action: one type, with its keys below it. Several keys in the same column are a forgotten "- ", or keys of an action that stand too far left: the help shows the item as it is probably meant.',
    wrong: oneStage`
      - custom-script:
          commands: make
        echo:
          params:
            text: The shop is built.
    `,
    right: oneStage`
      - custom-script:
          commands: make
      - echo:
          params:
            text: The shop is built.
    `,
    fix: 'Starts each action with "- "; where nothing stands behind the first key, indents the others below it.',
  },
  "read/key-beside-list": {
    why: 'The keys of a list item start in one column, two behind the "-". A key in the column of the "-" itself is no part of the item: it stands beside the whole list, where it means nothing.',
    wrong: file`
      version: "1.1"
      params:
      - name: channel
      default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ params.channel }}
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ params.channel }}
    `,
    fix: "Indents the key, where its value ends on its line.",
  },
  "read/missing-type": {
    why: 'Each item of a stage names its action type: it is the key under which the others stand. Steps of GitHub Actions have "run" or "uses" instead. Where stages are plain lists, as Erda\'s graph editor writes them, the key "type" says it.',
    wrong: oneStage`
      - name: build
        run: make
    `,
    right: oneStage`
      - custom-script:
          alias: build
          commands: make
    `,
    fix: "Makes an action of a step whose keys have one line each.",
  },
  "read/keys-beside-type": {
    why: "The keys of an action belong below its type, further right. Erda's authors published their example like this, so it is read as it was meant; Erda itself refuses it.",
    wrong: oneStage`
      - custom-script:
        alias: build
        commands:
          - make # the shop
    `,
    right: oneStage`
      - custom-script:
          alias: build
          commands:
            - make # the shop
    `,
    fix: 'Indents the keys, and puts inputs under "params".',
  },
  "read/param-outside-params": {
    why: 'Inputs of an action type stand under "params". This one stands beside it and is read all the same; Erda itself would not see it.',
    wrong: oneStage`
      - echo:
          text: The shop is open. # until six
    `,
    right: oneStage`
      - echo:
          params:
            text: The shop is open. # until six
    `,
    fix: 'Moves the inputs under "params".',
  },
  "read/unknown-param-type": {
    why: "A param of the pipeline is a string, an int or a boolean; what a run gives is checked against it.",
    wrong: file`
      version: "1.1"
      params:
      - name: fast
        type: bool
      stages:
      - stage:
        - custom-script:
            commands: make FAST=\${{ params.fast }}
    `,
    right: file`
      version: "1.1"
      params:
      - name: fast
        type: boolean
      stages:
      - stage:
        - custom-script:
            commands: make FAST=\${{ params.fast }}
    `,
    fix: 'Writes the type that is meant: "boolean" for "bool", "int" for "integer".',
  },
};
