import type { EXPRESSION_DIAGNOSTICS } from "../catalog/expression.ts";
import { type ExplanationsOf, oneStage } from "./explanation.ts";

/** Why the text of an `if` or a `loop.break` is refused. */
export const EXPRESSION_EXPLANATIONS: ExplanationsOf<typeof EXPRESSION_DIAGNOSTICS> = {
  "expression/empty": {
    why: "Between the braces stands nothing that could be true or false. To run an action always, also after a failure, compare something that is equal.",
    wrong: oneStage`
      - custom-script:
          if: \${{ }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ 1 == 1 }}
          commands: make
    `,
  },
  "expression/unexpected-end": {
    why: "An operator wants a value on each side, and a bracket wants to be closed; here the expression ends before.",
    wrong: oneStage`
      - custom-script:
          if: \${{ 1 == }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ 1 == 1 }}
          commands: make
    `,
  },
  "expression/unexpected-token": {
    why: 'Two values stand side by side, or two operators. Conditions are joined by "&&" and "||", and text stands in quotes.',
    wrong: oneStage`
      - custom-script:
          if: \${{ 1 == 1 and 2 == 2 }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ 1 == 1 && 2 == 2 }}
          commands: make
    `,
    fix: 'Writes "&&" for "and" and "||" for "or".',
  },
  "expression/unknown-character": {
    why: "Expressions are made of values, operators and brackets. Everything else is text and stands in quotes.",
    wrong: oneStage`
      - custom-script:
          if: \${{ 'main' == @main }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ 'main' == '@main' }}
          commands: make
    `,
  },
  "expression/unknown-operator": {
    why: '"=" would set something, and an expression only looks. Values are compared with "==".',
    wrong: oneStage`
      - custom-script:
          if: \${{ 1 = 1 }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ 1 == 1 }}
          commands: make
    `,
    fix: 'Writes "==".',
  },
  "expression/unclosed-string": {
    why: "A quote opens text up to the next quote of its kind, and there is none up to the end. A quote that belongs to the text has a backslash before it.",
    wrong: oneStage`
      - custom-script:
          if: \${{ 'main' == 'main }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ 'main' == 'main' }}
          commands: make
    `,
  },
  "expression/unknown-name": {
    why: 'A bare word is a name, and expressions know few: true and false everywhere, task_status and pipeline_status in "loop.break". Text stands in quotes, and what an action put out is a reference.',
    wrong: oneStage`
      - custom-script:
          if: \${{ True }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ true }}
          commands: make
    `,
    fix: "Writes the name that is meant, where only one is near.",
  },
  "expression/bad-number": {
    why: "What starts with a digit is a number, and this one has more in it than a number can have. Versions and dates are text.",
    wrong: oneStage`
      - custom-script:
          if: \${{ '1.2.3' == 1.2.3 }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ '1.2.3' == '1.2.3' }}
          commands: make
    `,
    fix: "Puts it in quotes.",
  },
  "expression/bad-pattern": {
    why: 'The right side of "=~" and "!~" is a regular expression in the syntax of RE2, which takes time in proportion to the text whatever the pattern is. So it has no look-around and no back-references.',
    wrong: oneStage`
      - custom-script:
          if: \${{ 'release-1' =~ '^release-(\\d+$' }}
          commands: make
    `,
    right: oneStage`
      - custom-script:
          if: \${{ 'release-1' =~ '^release-(\\d+)$' }}
          commands: make
    `,
  },
  "expression/too-deep": {
    why: "Nobody writes a hundred brackets inside each other, and following them without bound would let a small file take all memory.",
    notShown: "The expression would have more than a hundred brackets.",
  },
  "expression/too-long": {
    why: "Expressions are judged by a function on every run of the action. A decision of that size is a program and belongs into a script.",
    notShown: "The expression would have ten thousand characters, or five hundred operators.",
  },
};
