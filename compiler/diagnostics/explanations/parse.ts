import type { PARSE_DIAGNOSTICS } from "../catalog/parse.ts";
import { type ExplanationsOf, file, oneStage } from "./explanation.ts";

/** Why the text of a file is refused as YAML. */
export const PARSE_EXPLANATIONS: ExplanationsOf<typeof PARSE_DIAGNOSTICS> = {
  "parse/empty-file": {
    why: "The file is empty, or holds only comments. A run of it could do nothing, so it is taken for a mistake, such as a file that was not saved.",
    wrong: file`
      # The pipeline of the shop.
    `,
    right: file`
      # The pipeline of the shop.
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "parse/not-text": {
    why: "YAML is text, and no text holds a NUL character. The file is something else (an archive, a program), or it was saved as UTF-16, in which every other byte is NUL.",
    notShown: "The character cannot be printed.",
  },
  "parse/not-a-map": {
    why: "The outermost thing of a pipeline is a map: its keys say what it is. A list or a bare text at the top mostly means that the first lines were lost.",
    wrong: file`
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
  "parse/too-large": {
    why: "A state machine has at most 1 MB, so a larger file cannot become one. What makes a pipeline large are scripts and values, which are better kept in the repository that it checks out.",
    notShown: "The file would have a million characters.",
  },
  "parse/too-deep": {
    why: "A pipeline needs about ten levels. Deeper nesting comes from brackets that were not closed, and following it without bound would let a small file take all memory.",
    notShown: "The file would be nested more than sixty levels deep.",
  },
  "parse/tab-indentation": {
    why: "YAML does not say how wide a tab is, so it allows none where the width of the indentation decides what belongs to what. Tabs inside texts are fine.",
    wrong: file`
      version: "1.1"
      stages:
      - stage:
      \t- custom-script:
      \t\t\tcommands: make
    `,
    right: file`
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    fix: "Writes two spaces for each tab of an indentation.",
  },
  "parse/bad-indentation": {
    why: "The column decides what a line belongs to. This one stands in a column in which nothing above it began, so it belongs to nothing.",
    wrong: oneStage`
      - custom-script:
          alias: build
         commands: make
    `,
    right: oneStage`
      - custom-script:
          alias: build
          commands: make
    `,
  },
  "parse/key-without-colon": {
    why: 'Among the keys of a map stands a line that is no "key: value". Either its colon is missing, or the space after the colon, or the line is the rest of a value that needs quotes.',
    wrong: oneStage`
      - custom-script:
          alias:build
          commands: make
    `,
    right: oneStage`
      - custom-script:
          alias: build
          commands: make
    `,
    fix: 'Writes the space behind a colon or a "-", or the colon of what deeper lines belong to.',
  },
  "parse/nested-map-on-one-line": {
    why: "A colon with a space after it makes a key of what stands before it, and one line can hold only one key. In quotes it is text.",
    wrong: oneStage`
      - custom-script:
          description: step one: build
          commands: make
    `,
    right: oneStage`
      - custom-script:
          description: 'step one: build'
          commands: make
    `,
    fix: "Puts the value in single quotes.",
  },
  "parse/missing-character": {
    why: "Something was opened and not closed, so that the rest of the file would belong to it, or something that separates two values is missing. Of a text in quotes the place is its first quote, of anything else where it was noticed. Braces and brackets of a reference or a shell are taken for YAML's, where they are not quoted.",
    wrong: oneStage`
      - custom-script:
          commands: [make, echo \${{ random.string }}]
    `,
    right: oneStage`
      - custom-script:
          commands: [make, "echo \${{ random.string }}"]
    `,
    fix: "Puts the text that holds a reference in double quotes, a line that begins with a bracket of the shell in single ones.",
  },
  "parse/unexpected-text": {
    why: "A value has ended, and more text follows on its line. Mostly the value begins with a quote, which ends it at the next one, or a value without quotes holds a character that means something in YAML.",
    wrong: oneStage`
      - custom-script:
          commands: make
          if: 'north' != 'south'
    `,
    right: oneStage`
      - custom-script:
          commands: make
          if: "'north' != 'south'"
    `,
    fix: "Puts the whole value in quotes, where it is code or holds a reference among brackets.",
  },
  "parse/bad-first-character": {
    why: 'YAML keeps some characters for itself, "@" and the backtick among them: a value without quotes cannot start with one.',
    wrong: oneStage`
      - custom-script:
          description: @shop builds here
          commands: make
    `,
    right: oneStage`
      - custom-script:
          description: '@shop builds here'
          commands: make
    `,
    fix: "Puts the value in single quotes.",
  },
  "parse/bad-escape": {
    why: 'In double quotes a backslash starts an escape sequence such as "\\n", and the one that stands here does not exist. In single quotes, and without quotes, a backslash is a backslash.',
    wrong: oneStage`
      - custom-script:
          commands: "grep '\\d' prices.txt"
    `,
    right: oneStage`
      - custom-script:
          commands: grep '\\d' prices.txt
    `,
  },
  "parse/key-too-long": {
    why: "YAML bounds keys that stand on one line. A key of that length is a value whose line end or quote was lost.",
    notShown: "The key would have more than a thousand characters.",
  },
  "parse/key-not-text": {
    why: "YAML allows lists and maps as keys, but no key of a pipeline is one. Brackets at the start of a text need quotes.",
    wrong: oneStage`
      - custom-script:
          params:
            [shop]: open
          commands: make
    `,
    right: oneStage`
      - custom-script:
          params:
            "[shop]": open
          commands: make
    `,
  },
  "parse/duplicate-key": {
    why: 'One map cannot hold a key twice: which of the two values counts would be chance. Between two actions a "- " was forgotten, or a value was copied.',
    wrong: oneStage`
      - custom-script:
          alias: build
          commands: make
          commands: make test
    `,
    right: oneStage`
      - custom-script:
          alias: build
          commands:
          - make
          - make test
    `,
  },
  "parse/bad-anchor": {
    why: 'An anchor ("&name") and a tag ("!name") stand once before a value, and never before an alias ("*name").',
    wrong: oneStage`
      - custom-script:
          description: &build &make Builds the shop.
          commands: make
    `,
    right: oneStage`
      - custom-script:
          description: &build Builds the shop.
          commands: make
    `,
  },
  "parse/unknown-alias": {
    why: '"*name" stands for the value that "&name" marks further up, and nothing there is marked by that name. A value that begins with "*" for another reason needs quotes.',
    wrong: oneStage`
      - custom-script:
          commands: *.sh
    `,
    right: oneStage`
      - custom-script:
          commands: '*.sh'
    `,
    fix: "Puts what cannot be the name of an anchor in single quotes.",
  },
  "parse/recursive-alias": {
    why: "An alias stands for a copy of the value that its anchor marks. A value that holds itself would have no end.",
    wrong: oneStage`
      - custom-script:
          labels: &labels
            shop: *labels
          commands: make
    `,
    right: oneStage`
      - custom-script:
          labels:
            shop: open
          commands: make
    `,
  },
  "parse/too-many-aliases": {
    why: "Aliases of aliases multiply: a few lines can stand for billions of values. Where they make more than a pipeline needs, reading ends.",
    wrong: file`
      version: "1.1"
      a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
      e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
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
  "parse/bad-merge-key": {
    why: '"<<" takes over the keys of another map, or of several. A text or a number has none.',
    wrong: oneStage`
      - custom-script: &build
          timeout: 60
          commands: make
      - custom-script:
          <<: build
          alias: test
          commands: make test
    `,
    right: oneStage`
      - custom-script: &build
          timeout: 60
          commands: make
      - custom-script:
          <<: *build
          alias: test
          commands: make test
    `,
  },
  "parse/bad-directive": {
    why: 'A line that starts with "%" in front of everything else speaks to the YAML reader ("%YAML 1.2"), which does not know this one.',
    wrong: file`
      %SHOP 1
      ---
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      ---
      version: "1.1"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "parse/marker-before-text": {
    why: 'A word that begins with "!" is a tag to YAML, and one that begins with "&" an anchor: neither is a part of the text behind it. A command would run, or a condition be judged, without it, so "! grep" would mean the opposite.',
    wrong: oneStage`
      - custom-script:
          commands:
          - make
          - ! grep -q FAILED report.txt
    `,
    right: oneStage`
      - custom-script:
          commands:
          - make
          - '! grep -q FAILED report.txt'
    `,
    fix: "Puts the line in single quotes.",
  },
  "parse/unknown-tag": {
    why: 'A tag ("!name") tells a program what a value is. Pipelines have no tags of their own, so the value counts as if it had none. A text that starts with "!" needs quotes.',
    wrong: oneStage`
      - custom-script:
          alias: !shop build
          commands: make
    `,
    right: oneStage`
      - custom-script:
          alias: build
          commands: make
    `,
    fix: "Removes the tag.",
  },
};
