import type { ArithmeticFrame, ParameterFrame, Printed, Word } from "./frames.ts";
import type { ProblemCollector } from "./problem.ts";

/**
 * Variables of a script that bash uses as numbers: what is in them is read as an expression, in which a subscript may
 * hold a command. The order of things is not looked at.
 */
export interface Numbers {
  /** References that a variable gets. */
  readonly assigned: Map<string, Printed[]>;
  /** Used in arithmetic. */
  readonly counted: Set<string>;
  /** Compared with something by a command that takes them as texts, perhaps to make sure that they are numbers. */
  readonly checked: Set<string>;
}

/** No variables yet. */
export function createNumbers(): Numbers {
  return { assigned: new Map(), counted: new Set(), checked: new Set() };
}

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;
const ELEMENT = /^[A-Za-z_]\w*\[([^\]]*)\]\+?=/;
const COMPARISONS = /^(-(eq|ne|lt|le|gt|ge)|=~|==?|!=)$/;

/** Takes a character of an expression: names in it are counted when they end. */
export function countName(numbers: Numbers, frame: ArithmeticFrame | ParameterFrame, character: string): void {
  if (/\w/.test(character)) frame.counting += character;
  else endName(numbers, frame);
}

/** The expression ends. */
export function endName({ counted }: Numbers, frame: ArithmeticFrame | ParameterFrame): void {
  if (/^[A-Za-z_]/.test(frame.counting)) counted.add(frame.counting);
  frame.counting = "";
}

/** Remembers what a command assigns, counts and compares. */
export function rememberNumbers(first: Word, words: readonly Word[], declares: boolean, numbers: Numbers): void {
  for (const [index, word] of words.entries()) {
    const assigned = ASSIGNMENT.exec(word.text)?.[1];
    if (assigned === undefined && index === 0 && ELEMENT.test(word.text)) countAll(word.text, numbers);
    if (assigned === undefined && !declares) break;
    if (assigned === undefined || word.references.length === 0) continue;
    const known = numbers.assigned.get(assigned) ?? [];
    known.push([...word.references]);
    numbers.assigned.set(assigned, known);
  }
  if (first.text === "let") for (const { text } of words.slice(1)) countAll(`[${text}]=`, numbers);
  if (!/^(\[\[?|test)$/.test(first.text)) return;
  for (const [index, { text }] of words.entries()) {
    if (!COMPARISONS.test(text)) continue;
    const isArithmetic = first.text === "[[" && text.startsWith("-");
    for (const name of [words[index - 1], words[index + 1]].flatMap((word) => nameIn(word) ?? [])) {
      (isArithmetic ? numbers.counted : numbers.checked).add(name);
    }
  }
}

function countAll(text: string, { counted }: Numbers): void {
  const subscript = text.slice(text.indexOf("[") + 1);
  for (const [name] of subscript.slice(0, subscript.lastIndexOf("]")).matchAll(/[A-Za-z_]\w*/g)) counted.add(name);
}

/** The variable that a word is: `$N`, `${N}`, and `N` in a test. */
export function nameIn(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  return word.text === "$" ? word.parameter : /^\$?([A-Za-z_]\w*)$/.exec(word.text)?.[1];
}

/** Reports references that get into numbers and are compared with nothing. */
export function reportNumbers({ assigned, checked, counted }: Numbers, problems: ProblemCollector): void {
  for (const [name, references] of assigned) {
    if (!counted.has(name) || checked.has(name)) continue;
    const help = `Make sure that it is a number before: case "$${name}" in ''|*[!0-9]*) echo "${name} is no number" >&2; exit 1 ;; esac.`;
    problems.report(references, { code: "lower/unchecked-number", reader: name, help });
  }
}
