import type { CommandReference } from "../../model/pipeline.ts";
import type { Reference } from "../../model/reference.ts";
import { plain } from "../insert-reference.ts";
import type { Unit } from "../lexer.ts";
import type { ShellProblem } from "../problem.ts";
import type { Call, CallIndex, CallRules } from "./calls.ts";

/** State of one pass over a program. */
export interface ProgramText {
  readonly units: readonly Unit[];
  /** Index of the next unit. */
  at: number;
  /** The rewritten program so far; written by `write`. */
  text: string;
  /** Its last characters: looking at the end of a text that grows costs its whole length. */
  tail: string;
  readonly rules: CallRules;
  /** One for each bracket that is open. */
  readonly calls: Call[];
  /** Made when it is first asked for. */
  index?: CallIndex;
  readonly problems: ShellProblem[];
  readonly variableFor: (reference: Reference, spelling: string) => string;
}

/** The character `offset` units ahead; `undefined` for a reference and at the end. */
export function peek(program: ProgramText, offset = 0): string | undefined {
  const unit = program.units[program.at + offset];
  return typeof unit === "string" ? unit : undefined;
}

/** Whether the text stands `offset` units ahead. */
export function isAt(program: ProgramText, text: string, offset = 0): boolean {
  for (let index = 0; index < text.length; index++) if (peek(program, offset + index) !== text[index]) return false;
  return true;
}

const TAIL_CHARACTERS = 64;

/** Adds to the rewritten program. */
export function write(program: ProgramText, text: string): void {
  program.text += text;
  program.tail = (program.tail + text).slice(-TAIL_CHARACTERS);
}

/** The end of the rewritten program without white space, as far as `tail` goes. */
export function significantTail({ tail }: ProgramText): string {
  return tail.trimEnd();
}

/** Copies `count` units, fewer at the end; references keep the text that they were written with. */
export function copy(program: ProgramText, count = 1): void {
  const end = Math.min(program.at + count, program.units.length);
  let text = "";
  for (; program.at < end; program.at++) {
    const unit = program.units[program.at];
    text += typeof unit === "object" ? unit.text.replace(/[\r\n]+/g, " ") : unit;
  }
  write(program, text);
}

/** Copies what stands before the next `end`, and that too where `inclusive`. */
export function copyTo(program: ProgramText, end: string, inclusive: boolean): void {
  let count = 0;
  while (program.at + count < program.units.length && !isAt(program, end, count)) count++;
  copy(program, inclusive ? count + end.length : count);
}

/** The variable that stands for a reference. */
export function variableOf(program: ProgramText, { reference, text }: CommandReference): string {
  return program.variableFor(reference, text);
}

/** Reports that the value would be part of the program. */
export function reportCode(program: ProgramText, reference: CommandReference, reader: string, help: string): void {
  const own = help.replaceAll("<reference>", reference.text);
  program.problems.push({ code: "lower/reference-as-code", reference, reader, help: own });
}

/** Writes a reference that stands in code: a variable, unless letters beside it would make another name of it. */
export function insertInCode(program: ProgramText, reference: CommandReference): void {
  const isName = (character: string | undefined) => character !== undefined && /[\w$]/.test(character);
  if (isName(program.tail.at(-1)) || isName(peek(program, 1))) {
    reportCode(program, reference, "a name", "Write it inside a text, or put blanks around it.");
  }
  write(program, program.variableFor(plain(reference.reference), reference.text));
  program.at++;
}
