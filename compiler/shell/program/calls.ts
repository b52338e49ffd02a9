import type { CommandReference } from "../../model/pipeline.ts";
import { REFERENCE_MARK } from "../frames.ts";
import type { Unit } from "../lexer.ts";
import { firstFrom } from "../sorted-numbers.ts";
import { copy, type ProgramText, reportCode, significantTail } from "./program-text.ts";

/** What calls of a program take as code. */
export interface CallRules {
  readonly codeTakers: Callees;
  /** Start programs: with a shell where `shellOption` (global) stands between their brackets. */
  readonly starters: Callees;
  readonly shellOption: RegExp;
  readonly help: string;
}

/** Calls by what is called, and by names of the program's own for the same. */
export interface Callees {
  readonly pattern: RegExp;
  readonly aliases: ReadonlySet<string>;
}

/** What follows is the program of a shell: `["sh", "-c",`. */
const SHELL_PROGRAM =
  /["'`]([\w./-]*\/)?(sh|bash|dash|ash|ksh|zsh)["'`]\s*,\s*\[?\s*(["'`][-+]\w+["'`]\s*,\s*)*["'`]-\w*c["'`]\s*,$/;
/** `require("child_process").` and the like before the name of what is called. */
const LOADED_MODULE = /\b(require|import|__import__)\(\s*["'](?:node:)?(\w+)["']\s*\)+\s*\.(?=\w*$)/;
/** How many brackets around a value are looked at for the program of a shell. */
const NEAREST = 8;

/** An open bracket. */
export interface Call {
  /** What is called; empty where nothing is. */
  readonly callee: string;
  /** Whether what stands here now is the program of a shell. */
  isShellProgram: boolean;
  /** Index of the bracket. */
  readonly start: number;
  /** Who takes what stands here as code, here or around; empty for nobody. Known once it was asked for. */
  taker?: string;
}

/** Where brackets close and options stand; looking for them from each bracket takes the square. */
export interface CallIndex {
  /** By the index of the opening one. */
  readonly closing: ReadonlyMap<number, number>;
  readonly options: { readonly starts: readonly number[]; readonly ends: readonly number[] };
}

/** Follows brackets. */
export function takeBracket(program: ProgramText, character: string): void {
  if ("([{".includes(character)) {
    const callee = significantTail(program)
      .replace(LOADED_MODULE, "$2.")
      .replace(/^.*[^\w.$]/s, "");
    program.calls.push({ callee, isShellProgram: false, start: program.at });
  } else program.calls.pop();
  copy(program);
}

/** Follows the arguments of a call and the elements of a list. */
export function takeComma(program: ProgramText): void {
  copy(program);
  const call = program.calls.at(-1);
  if (call) call.isShellProgram = SHELL_PROGRAM.test(program.tail);
}

/**
 * Reports references that a call takes as code: `os.system(…)`. A call that quotes, such as `shlex.quote(…)`, makes data
 * of what it is given.
 */
export function reportRiskyCall(program: ProgramText, references: readonly CommandReference[]): void {
  const nearest = program.calls.slice(-NEAREST);
  if (nearest.some(({ isShellProgram }) => isShellProgram) && !nearest.some(({ callee }) => isQuoting(callee))) {
    for (const reference of references) reportCode(program, reference, "sh -c", program.rules.help);
    return;
  }
  const asked: Call[] = [];
  const judged = program.calls.findLast((call) => {
    if (call.taker !== undefined) return true;
    asked.push(call);
    if (isQuoting(call.callee)) call.taker = "";
    else if (isRisky(program, call)) call.taker = call.callee;
    return call.taker !== undefined;
  });
  const taker = judged?.taker ?? "";
  for (const call of asked) call.taker = taker;
  if (taker === "") return;
  for (const reference of references) reportCode(program, reference, taker, program.rules.help);
}

function isQuoting(callee: string): boolean {
  return /quote$/.test(callee);
}

function isAmong(callee: string, { aliases, pattern }: Callees): boolean {
  return pattern.test(callee) || aliases.has(callee);
}

function isRisky(program: ProgramText, { callee, start }: Call): boolean {
  const { codeTakers, shellOption, starters } = program.rules;
  if (isAmong(callee, codeTakers)) return true;
  if (!isAmong(callee, starters)) return false;
  program.index ??= createIndex(program, shellOption);
  const { closing, options } = program.index;
  const end = options.ends[firstFrom(options.starts, start)];
  return end !== undefined && end <= (closing.get(start) ?? program.units.length);
}

function createIndex({ units }: ProgramText, shellOption: RegExp): CallIndex {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [index, unit] of units.entries()) {
    if (typeof unit !== "string") continue;
    if ("([{".includes(unit)) open.push(index);
    else if (")]}".includes(unit)) {
      const opening = open.pop();
      if (opening !== undefined) closing.set(opening, index);
    }
  }
  const text = textOf(units);
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of text.matchAll(shellOption)) {
    starts.push(match.index);
    ends.push(match.index + match[0].length);
  }
  return { closing, options: { starts, ends } };
}

/** The program with `REFERENCE_MARK` where references stand. */
export function textOf(units: readonly Unit[]): string {
  return units.map((unit) => (typeof unit === "string" ? unit : REFERENCE_MARK)).join("");
}
