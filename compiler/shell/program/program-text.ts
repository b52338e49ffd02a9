import type { CommandReference } from "../../model/pipeline.ts";
import type { Reference } from "../../model/reference.ts";
import { plain } from "../insert-reference.ts";
import type { Unit } from "../lexer.ts";
import type { ShellProblem } from "../problem.ts";

/** State of one pass over a program. */
export interface ProgramText {
  readonly units: readonly Unit[];
  /** Index of the next unit. */
  at: number;
  /** The rewritten program so far; written by `write`. */
  text: string;
  /** Its last characters: looking at the end of a text that grows costs its whole length. */
  tail: string;
  /** What is called by each bracket that is open; empty where nothing is. */
  readonly calls: Call[];
  readonly problems: ShellProblem[];
  readonly variableFor: (reference: Reference, spelling: string) => string;
}

/** An open bracket. */
export interface Call {
  readonly callee: string;
  /** Index of the bracket. */
  readonly start: number;
  /** What stands between the brackets, once it was asked for. */
  given?: string;
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

/** Copies `count` units; references keep the text that they were written with. */
export function copy(program: ProgramText, count = 1): void {
  for (const unit of program.units.slice(program.at, program.at + count)) {
    write(program, typeof unit === "string" ? unit : unit.text.replace(/[\r\n]+/g, " "));
    program.at++;
  }
}

/** Copies what stands before the next `end`, and that too where `inclusive`. */
export function copyTo(program: ProgramText, end: string, inclusive: boolean): void {
  while (program.at < program.units.length && !isAt(program, end)) copy(program);
  if (inclusive) copy(program, Math.min(end.length, program.units.length - program.at));
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

/** Follows brackets. */
export function takeBracket(program: ProgramText, character: string): void {
  if ("([{".includes(character)) {
    program.calls.push({ callee: significantTail(program).replace(/^.*[^\w.$]/s, ""), start: program.at });
  } else program.calls.pop();
  copy(program);
}

/**
 * Reports references that a call takes as code: `os.system(…)`. A call that quotes, such as `shlex.quote(…)`, makes data
 * of what it is given. `isRisky` judges a callee, given what stands between its brackets.
 */
export function reportRiskyCall(
  program: ProgramText,
  references: readonly CommandReference[],
  isRisky: (callee: string, given: () => string) => boolean,
  help: string,
): void {
  for (const call of program.calls.toReversed()) {
    const { callee, start } = call;
    if (/quote$/.test(callee)) return;
    const given = () => {
      call.given ??= givenTo(program, start);
      return call.given;
    };
    if (callee !== "" && isRisky(callee, given)) {
      for (const reference of references) reportCode(program, reference, callee, help);
      return;
    }
  }
}

function givenTo({ units }: ProgramText, start: number): string {
  let open = 0;
  let text = "";
  for (let index = start; index < units.length; index++) {
    const unit = units[index];
    if (typeof unit !== "string") continue;
    if ("([{".includes(unit)) open++;
    if (")]}".includes(unit) && --open === 0) break;
    text += unit;
  }
  return text;
}
