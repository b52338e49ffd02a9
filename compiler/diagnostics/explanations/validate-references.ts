import type { VALIDATE_DIAGNOSTICS } from "../catalog/validate.ts";
import { type ExplanationsOf, file } from "./explanation.ts";

type ReferenceCodes = Pick<
  typeof VALIDATE_DIAGNOSTICS,
  | "validate/unknown-action-reference"
  | "validate/unknown-directory"
  | "validate/directory-by-path"
  | "validate/directory-not-used"
  | "validate/directory-without-slash"
  | "validate/output-without-reference"
  | "validate/of-github"
  | "validate/reference-as-text"
  | "validate/self-reference"
  | "validate/parallel-reference"
  | "validate/later-reference"
  | "validate/disabled-reference"
  | "validate/disabled-output"
  | "validate/undeclared-output"
  | "validate/output-not-checked"
  | "validate/unknown-param-reference"
  | "validate/reference-without-effect"
  | "validate/reference-too-early"
>;

/** Why a reference cannot have a value. */
export const VALIDATE_REFERENCE_EXPLANATIONS: ExplanationsOf<ReferenceCodes> = {
  "validate/unknown-action-reference": {
    why: 'The reference asks for an output of an action that the file does not have. The name of an action is its "alias", or its type where it has none.',
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.biuld.version }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.build.version }}
    `,
    fix: "Writes the name that is meant, where only one is near.",
  },
  "validate/unknown-directory": {
    why: 'The reference asks for the directory of an action that the file does not have. Directories have the names of actions and those under "namespaces".',
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
      - stage:
        - custom-script:
            commands: ls \${{ dirs.biuld }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
      - stage:
        - custom-script:
            commands: ls \${{ dirs.build }}
    `,
    fix: "Writes the name that is meant, where only one is near.",
  },
  "validate/directory-by-path": {
    why: "An action gets the directories that it refers to, and no others. In Erda all that earlier actions left stand beside its own, so files exist that go there by path; and who comes from a system with one working directory for all expects them in the own one.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - git-checkout:
            alias: repo
            params:
              uri: https://git.example/shop.git
      - stage:
        - custom-script:
            commands: cd ../repo && make
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
            commands: cd \${{ dirs.repo }} && make
    `,
    fix: "Writes the reference.",
  },
  "validate/directory-not-used": {
    why: "Every action starts in an empty directory of its own, also on the same machine, and gets the directories that it refers to. A checkout that nobody refers to is there for nobody: the commands of the later actions run beside it, without its files.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - git-checkout:
            alias: repo
            params:
              uri: https://git.example/shop.git
      - stage:
        - custom-script:
            commands: make
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
            commands: cd \${{ dirs.repo }} && make
    `,
  },
  "validate/directory-without-slash": {
    why: "The path of a directory ends without a slash. What stands right behind it makes another name of it, beside the directory.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
      - stage:
        - custom-script:
            commands: cat \${{ dirs.build }}app.txt
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
      - stage:
        - custom-script:
            commands: cat \${{ dirs.build }}/app.txt
    `,
    fix: "Puts the slash there.",
  },
  "validate/output-without-reference": {
    why: "An output of the pipeline is a value that one of its actions put out. Without the braces of a reference the text itself is the value, in every run the same.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      outputs:
      - name: version
        ref: outputs.build.version
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      outputs:
      - name: version
        ref: \${{ outputs.build.version }}
    `,
    fix: "Writes the braces, where the text is what stands between them.",
  },
  "validate/of-github": {
    why: "Scripts that come from GitHub Actions read variables that only its runners set, and print lines that only its runners read. Here the variables are empty and the lines are text of the log.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: echo "version=1.0" >> "$GITHUB_OUTPUT"
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: echo "version=1.0" >> "$METAFILE"
    `,
    fix: "Writes METAFILE instead of GITHUB_OUTPUT; what the other words are here depends on what they are for.",
  },
  "validate/reference-as-text": {
    why: "A reference has a dollar sign and two braces on each side. In other braces its words are text, which the commands get as it is. It is said only of params, outputs and directories that exist.",
    wrong: file`
      version: "1.1"
      params:
      - name: target
        default: staging
      stages:
      - stage:
        - custom-script:
            commands: make {{ params.target }}
    `,
    right: file`
      version: "1.1"
      params:
      - name: target
        default: staging
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.target }}
    `,
    fix: "Writes the braces.",
  },
  "validate/self-reference": {
    why: 'What an action puts out is known when it has ended, so it cannot read it itself. Only "loop.break" may, because it is judged afterwards.',
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make \${{ dirs.build }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make "$WORKDIR"
    `,
  },
  "validate/parallel-reference": {
    why: "The actions of a stage run at the same time. Whether the other one has put out its value already would be chance.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
        - custom-script:
            alias: test
            commands: make test -C \${{ dirs.build }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
      - stage:
        - custom-script:
            alias: test
            commands: make test -C \${{ dirs.build }}
    `,
  },
  "validate/later-reference": {
    why: "Stages run one after the other, in the order of the file. What a later one puts out does not exist yet.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: test
            commands: make test -C \${{ dirs.build }}
      - stage:
        - custom-script:
            alias: build
            commands: make
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
      - stage:
        - custom-script:
            alias: test
            commands: make test -C \${{ dirs.build }}
    `,
  },
  "validate/disabled-reference": {
    why: 'An action with "disable: true" is left out as if it were not there: it never puts anything out.',
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            disable: true
            commands: make
      - stage:
        - custom-script:
            alias: test
            commands: make test -C \${{ dirs.build }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: make
      - stage:
        - custom-script:
            alias: test
            commands: make test -C \${{ dirs.build }}
    `,
  },
  "validate/disabled-output": {
    why: 'A disabled action does not run, so it puts nothing out. In "if" and "break" the reference is the empty text; an action that needs it elsewhere fails when its turn comes. It is a warning, as in Erda, because an action is often disabled only for a while.',
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - git-checkout:
            alias: repo
            params:
              uri: https://git.example/shop.git
            disable: true
      - stage:
        - custom-script:
            commands: echo \${{ outputs.repo.commit }}
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
            commands: echo \${{ outputs.repo.commit }}
    `,
  },
  "validate/undeclared-output": {
    why: "The action type declares everything that it puts out, and this is not among it, so the reference would never have a value.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - git-checkout:
            alias: repo
            params:
              uri: https://example.com/shop.git
      - stage:
        - custom-script:
            commands: make VERSION=\${{ outputs.repo.comit }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - git-checkout:
            alias: repo
            params:
              uri: https://example.com/shop.git
      - stage:
        - custom-script:
            commands: make VERSION=\${{ outputs.repo.commit }}
    `,
    fix: "Writes the output that is meant, where only one is near.",
  },
  "validate/output-not-checked": {
    why: "A script may put out anything, and this one does not mention the name that is asked for. That can be right, when a program that it calls puts it out: so it is a warning.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands:
            - make
            - echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.build.Version }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands:
            - make
            - echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.build.version }}
    `,
    fix: "Writes the name that the commands put out, where only one is near.",
  },
  "validate/unknown-param-reference": {
    why: "A run can give only the params that the file declares at its top, so an undeclared one would never have a value.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.chanel }}
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
    fix: "Writes the param that is meant, where only one is near.",
  },
  "validate/reference-without-effect": {
    why: "Names, images, shells and executors are fixed when the file is compiled: the state machine and its permissions depend on them. A reference has a value only in a run, so here its own letters would be taken.",
    wrong: file`
      version: "1.1"
      name: shop \${{ params.channel }}
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.channel }}
    `,
    right: file`
      version: "1.1"
      name: shop
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: make \${{ params.channel }}
    `,
  },
  "validate/reference-too-early": {
    why: "The envs of the pipeline and the defaults of its params hold for all actions, the first one included. No action has put anything out by then.",
    wrong: file`
      version: "1.1"
      envs:
        VERSION: \${{ outputs.build.version }}
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            alias: publish
            commands: make publish
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            alias: publish
            commands: make publish VERSION=\${{ outputs.build.version }}
    `,
  },
};
