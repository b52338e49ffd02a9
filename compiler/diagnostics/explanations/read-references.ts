import type { READ_DIAGNOSTICS } from "../catalog/read.ts";
import { type ExplanationsOf, file } from "./explanation.ts";

type ReferenceCodes = Pick<
  typeof READ_DIAGNOSTICS,
  | "read/unclosed-placeholder"
  | "read/empty-placeholder"
  | "read/placeholder-spacing"
  | "read/space-in-reference"
  | "read/expression-in-value"
  | "read/misspelled-reference"
  | "read/unknown-placeholder"
  | "read/single-brace"
  | "read/output-without-key"
  | "read/unknown-modifier"
  | "read/bad-legacy-reference"
  | "read/looks-like-alias"
  | "read/unknown-random-type"
  | "read/bad-base64"
>;

/** Why a reference cannot be read. */
export const READ_REFERENCE_EXPLANATIONS: ExplanationsOf<ReferenceCodes> = {
  "read/unclosed-placeholder": {
    why: 'A reference ends with "}}" on the line on which it began. Without that its letters would be taken as they are.',
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ params.channel
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
  },
  "read/empty-placeholder": {
    why: "Between the braces stands nothing that could be looked up.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ }}
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
  },
  "read/placeholder-spacing": {
    why: "Sluice reads it, but Erda knows a reference only with one space on each side and would take the letters as they are. A file that both understand is worth the spaces.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{params.channel}}
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
    fix: "Puts one space on each side.",
  },
  "read/space-in-reference": {
    why: "Names may hold spaces, but no action or directory of this file is called what stands here.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build-shop
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.build shop.version }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build-shop
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.build-shop.version }}
    `,
  },
  "read/expression-in-value": {
    why: "In values and commands the braces hold one reference and nothing that would have to be computed: what a shell can do is left to the shell.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ 1 + 1 }}
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo $((1 + 1))
    `,
  },
  "read/misspelled-reference": {
    why: "A reference starts with what it refers to: outputs, dirs, params, configs, random or base64-decode. This word is nearly one of them, and taken as text it would help nobody.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ param.channel }}
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
    fix: "Writes the word that is meant, where only one is near.",
  },
  "read/unknown-placeholder": {
    why: "Other systems use the same braces for words of their own. Nothing here is called so; it is left as it is, in case that a program of yours reads it.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ build.number }}
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
  },
  "read/single-brace": {
    why: "Outputs, dirs and params may be written with one brace; configs, random values and decoded texts may not, because Erda leaves those to the shell.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: docker login \${configs.registry}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: docker login \${{ configs.registry }}
    `,
    fix: "Writes two braces.",
  },
  "read/output-without-key": {
    why: "The name of the action alone is not a value: it may put out many.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.build }}
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
  },
  "read/unknown-modifier": {
    why: "The part behind an output's name changes the value (escape, wrap_double_quotes, wrap_single_quotes). This is none of them, so it is not applied.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${{ outputs.build.version.escap }}
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
            commands: echo \${{ outputs.build.version.escape }}
    `,
    fix: "Writes the modifier that is meant, where only one is near.",
  },
  "read/bad-legacy-reference": {
    why: "The older spelling of a reference is the name of an action in braces, for its directory, or the name, the word OUTPUT and a key, for an output. This starts like one, and is neither that nor a form of the shell.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build
            commands: echo "version=1.0" >> "$METAFILE"
      - stage:
        - custom-script:
            commands: echo \${build:version}
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
            commands: echo \${build:OUTPUT:version}
    `,
  },
  "read/looks-like-alias": {
    why: "The name of an action in braces is its directory. This is nearly one; the shell would take it for a variable with a default, which nobody means.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build-shop
            commands: make
      - stage:
        - custom-script:
            commands: ls \${build-shp}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            alias: build-shop
            commands: make
      - stage:
        - custom-script:
            commands: ls \${build-shop}
    `,
    fix: "Writes the name that is meant, where only one is near.",
  },
  "read/unknown-random-type": {
    why: "A random value has a type, which says what it looks like.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ random.strng }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ random.string }}
    `,
    fix: "Writes the type that is meant, where only one is near.",
  },
  "read/bad-base64": {
    why: "The text behind base64-decode is decoded when the file is compiled, and this is not base64, or not of text.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ base64-decode.c2hvc }}
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: echo \${{ base64-decode.c2hvcA== }}
    `,
  },
};
