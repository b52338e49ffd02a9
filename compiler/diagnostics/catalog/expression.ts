import { error } from "../catalog-entry.ts";
import { text } from "../message-template.ts";

/** What is wrong with the text of an `if` or a `loop.break`. */
export const EXPRESSION_DIAGNOSTICS = {
  "expression/empty": error(
    text`The expression is empty.`,
    text`Write a comparison such as 1 == 1, or remove the key.`,
  ),
  "expression/unexpected-end": error(
    text`The expression ends where ${"expected"} is expected.`,
    text`Check that every operator has two sides and every bracket is closed.`,
  ),
  "expression/unexpected-token": error(text`"${"found"}" stands where ${"expected"} is expected.`),
  "expression/unknown-character": error(
    text`The character "${"found"}" has no meaning in an expression.`,
    text`Put text in quotes: 'value'.`,
  ),
  "expression/unknown-operator": error(text`"${"found"}" is not an operator.`),
  "expression/unclosed-string": error(
    text`The text in quotes is not closed.`,
    text`Add the closing quote; write a quote inside as \\' or \\".`,
  ),
  "expression/unknown-name": error(text`"${"name"}" is not a name that an expression knows.`),
  "expression/bad-number": error(text`"${"found"}" is not a number.`, text`Put text in quotes: '${"found"}'.`),
  "expression/bad-pattern": error(
    text`The regular expression is not valid: ${"reason"}.`,
    text`Patterns have the syntax of RE2: no look-around and no back-references.`,
  ),
  "expression/too-deep": error(
    text`The expression is nested deeper than ${"limit"} levels.`,
    text`Move parts of it into a script that puts out one value.`,
  ),
  "expression/too-long": error(
    text`The expression has more than ${"limit"} ${"unit"}.`,
    text`Move the decision into a script that puts out one value.`,
  ),
} as const;
