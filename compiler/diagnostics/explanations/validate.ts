import type { VALIDATE_DIAGNOSTICS } from "../catalog/validate.ts";
import { type ExplanationsOf, file, oneStage } from "./explanation.ts";
import { VALIDATE_REFERENCE_EXPLANATIONS } from "./validate-references.ts";

/** Why a pipeline that can be read makes no sense. */
export const VALIDATE_EXPLANATIONS: ExplanationsOf<typeof VALIDATE_DIAGNOSTICS> = {
  ...VALIDATE_REFERENCE_EXPLANATIONS,
  "validate/too-many-diagnostics": {
    why: "After a hundred diagnostics the rest is only counted. Errors are kept before warnings, so mending what is shown brings the others up.",
    notShown: "The file would have more than a hundred mistakes.",
  },
  "validate/unknown-action": {
    why: 'The word behind the "-" names an action type: what is run. The types are the built-in ones ("sluice actions" lists them) and those of the directories given with --actions.',
    wrong: oneStage`
      - custom-scrip:
          commands: make
    `,
    right: oneStage`
      - custom-script:
          commands: make
    `,
    fix: "Writes the type that is meant, where only one is near.",
  },
  "validate/unknown-version": {
    why: "Each action type has one version here, and that one runs, whatever the action asks for. A file that asks for another one was written for a type of the same name somewhere else, whose params or outputs may differ.",
    wrong: oneStage`
      - custom-script@7.0:
          commands: make
    `,
    right: oneStage`
      - custom-script:
          commands: make
    `,
  },
  "validate/commands-in-params": {
    why: 'A type such as custom-script runs the commands of its action and nothing else. What stands under "params" is an input for them, also when it is called "commands", so this action would end well at once.',
    wrong: oneStage`
      - custom-script:
          params:
            commands: make
    `,
    right: oneStage`
      - custom-script:
          commands: make
    `,
  },
  "validate/duplicate-alias": {
    why: 'Outputs and directories are found by the name of their action, so a name stands for one action of the whole file. Without "alias" the name is the action type.',
    wrong: oneStage`
      - custom-script:
          commands: make
      - custom-script:
          commands: make test
    `,
    right: oneStage`
      - custom-script:
          alias: build
          commands: make
      - custom-script:
          alias: test
          commands: make test
    `,
  },
  "validate/duplicate-namespace": {
    why: 'A name under "namespaces" is a directory that the action leaves behind for others. If two actions left one of the same name, which of them is found would be chance.',
    wrong: oneStage`
      - custom-script:
          alias: build
          namespaces: [shop]
          commands: make
      - custom-script:
          alias: docs
          namespaces: [shop]
          commands: make docs
    `,
    right: oneStage`
      - custom-script:
          alias: build
          namespaces: [shop]
          commands: make
      - custom-script:
          alias: docs
          namespaces: [shop-docs]
          commands: make docs
    `,
  },
  "validate/alias-with-backslash": {
    why: "A name may hold anything but a backslash, by which Erda separates the parts of a path.",
    wrong: oneStage`
      - custom-script:
          alias: shop\\build
          commands: make
    `,
    right: oneStage`
      - custom-script:
          alias: shop-build
          commands: make
    `,
  },
  "validate/unknown-param": {
    why: "An action type says which params it reads. This one it does not read, so it would change nothing, and the action would run with a default instead.",
    wrong: oneStage`
      - echo:
          params:
            txt: The shop is open.
    `,
    right: oneStage`
      - echo:
          params:
            text: The shop is open.
    `,
    fix: "Writes the param that is meant, where only one is near.",
  },
  "validate/missing-param": {
    why: "The action type cannot do anything without this param and has no default for it.",
    wrong: oneStage`
      - wait:
          alias: cool-down
    `,
    right: oneStage`
      - wait:
          alias: cool-down
          params:
            wait_time_sec: 60
    `,
  },
  "validate/wrong-param-type": {
    why: 'The action type declares what the param is, and this value cannot be read as that. Texts that can be ("1" for a number) are fine, and references are looked at when they have a value.',
    wrong: oneStage`
      - echo:
          params:
            text: The shop is open.
            count: twice
    `,
    right: oneStage`
      - echo:
          params:
            text: The shop is open.
            count: 2
    `,
  },
  "validate/param-of-scheduled-run": {
    why: "A run that starts by itself has nobody who gives it params. One without a required param is refused, so that this pipeline would never start at its times.",
    wrong: file`
      version: "1.1"
      cron: "0 3 * * *"
      params:
      - name: target
        required: true
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.target }}
    `,
    right: file`
      version: "1.1"
      cron: "0 3 * * *"
      params:
      - name: target
        required: true
        default: staging
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.target }}
    `,
  },
  "validate/wrong-default-type": {
    why: "Values that a run is given are held to the type of the param. A default of another type would be the one value that nobody could give.",
    wrong: file`
      version: "1.1"
      params:
      - name: copies
        type: int
        default: three
      stages:
      - stage:
        - custom-script:
            commands: make copies=\${{ params.copies }}
    `,
    right: file`
      version: "1.1"
      params:
      - name: copies
        type: int
        default: 3
      stages:
      - stage:
        - custom-script:
            commands: make copies=\${{ params.copies }}
    `,
  },
  "validate/relative-repository": {
    why: "An attempt starts in an empty directory of its own, on whatever machine runs it, so a relative path leads nowhere. On a laptop the absolute path of a repository works, too.",
    wrong: oneStage`
      - git-checkout:
          params:
            uri: ../shop
    `,
    right: oneStage`
      - git-checkout:
          params:
            uri: https://git.example/shop.git
    `,
  },
  "validate/param-from-env": {
    why: "Erda starts a run for a repository and tells it in the environment. A run of Sluice is started for nothing but its file, so the pipeline has to say which repository it means, or get it as an env.",
    wrong: oneStage`
      - git-checkout:
          alias: repo
    `,
    right: oneStage`
      - git-checkout:
          alias: repo
          params:
            uri: https://git.example/shop.git
    `,
  },
  "validate/unknown-executor": {
    why: '"executor" names where an action runs, and in "defaults" where all run that do not say otherwise. The names are those of the installation; on a laptop "process" and those given with --executor.',
    wrong: oneStage`
      - custom-script:
          executor: proces
          commands: make
    `,
    right: oneStage`
      - custom-script:
          executor: process
          commands: make
    `,
    fix: "Writes the executor that is meant, where only one is near.",
  },
  "validate/unknown-shell": {
    why: 'The commands are written to a file, and the program that "shell" names is started with its path. Which programs a machine has is known only there, but a name that is not usual is most often misspelt. A program by its whole path is taken as it is.',
    wrong: oneStage`
      - custom-script:
          shell: python 3
          commands: print("open")
    `,
    right: oneStage`
      - custom-script:
          shell: python3
          commands: print("open")
    `,
    fix: "Writes the interpreter that is meant, where one is near.",
  },
  "validate/image-not-used": {
    why: "A process of this machine has no image: the commands find the programs of the machine. The same file on an executor with containers does use it, so you may keep it.",
    wrong: oneStage`
      - custom-script:
          image: node:24
          commands: npm test
    `,
    right: oneStage`
      - custom-script:
          commands: npm test
    `,
  },
  "validate/env-name": {
    why: 'A shell can read only variables whose names are made of letters, digits and "_", and many programs drop the others without a word.',
    wrong: file`
      version: "1.1"
      envs:
        SHOP-NAME: corner shop
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      envs:
        SHOP_NAME: corner shop
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "validate/too-many-envs": {
    why: "Every action gets all the envs of the pipeline, and the plan of a run holds them for each: thousands of envs for thousands of actions are more than can be stored and read.",
    notShown: "The file would have thousands of lines.",
  },
  "validate/too-long-for-environment": {
    why: "Params and envs reach the action as environment variables, and Linux starts no process with one that is longer than 128 KiB, its name included. What stands in commands, or comes there from an output, has no such limit.",
    notShown: "The text would fill some forty pages.",
  },
  "validate/timeout": {
    why: "-1 means without limit; no other number below zero means anything.",
    wrong: oneStage`
      - custom-script:
          timeout: -60
          commands: make
    `,
    right: oneStage`
      - custom-script:
          timeout: 60
          commands: make
    `,
  },
  "validate/loop-times": {
    why: "-1 means without limit, 0 means once; no other number below zero means anything.",
    wrong: oneStage`
      - custom-script:
          commands: make ready
          loop:
            strategy: {max_times: -5}
    `,
    right: oneStage`
      - custom-script:
          commands: make ready
          loop:
            strategy: {max_times: 5}
    `,
  },
  "validate/retry-times": {
    why: '"retry" repeats a failed try so often; with less than once it would do nothing. It has no endless form, because an action that always fails would never end.',
    wrong: oneStage`
      - custom-script:
          commands: make
          retry: {max_times: 0}
    `,
    right: oneStage`
      - custom-script:
          commands: make
          retry: {max_times: 1}
    `,
  },
  "validate/duplicate-declaration": {
    why: "Params and outputs of the pipeline are found by their names, so each is declared once.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      - name: channel
        default: stable
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.channel }}
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.channel }}
    `,
  },
};
