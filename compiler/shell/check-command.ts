import { codeOfBuiltin, isDeclaring, isIntegerOption, isMapOption } from "./builtins.ts";
import { REFERENCE_MARK, type Word } from "./frames.ts";
import { invocationsOf } from "./invocation.ts";
import type { Lexer } from "./lexer.ts";
import { withoutMasked } from "./masked-text.ts";
import { rememberNumbers } from "./numbers.ts";
import { passAsArguments } from "./pass-as-arguments.ts";
import { printAsText } from "./print-as-text.ts";
import type { ProblemCollector, SharedProblem } from "./problem.ts";
import { isInterpreter, programsOf } from "./programs.ts";

/**
 * Commands that parse what they are given as code. A shell variable keeps a value from being code for the shell that
 * expands it, but not for `eval`, another shell or a Python program that gets it as an argument.
 */

/** Words before the command's real name. */
const PREFIXES: ReadonlySet<string> = new Set(["command", "builtin", "exec", "sudo", "env", "nohup", "time"]);
/** `[[` judges these as arithmetic, which may hold commands; `[` does not. */
const ARITHMETIC_TESTS: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);
const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;

/** Finds references that the command would take as code, or as something else than data. */
export function checkCommand(words: readonly Word[], lexer: Lexer): void {
  const [first] = words;
  if (!first) return;
  rememberDeclared(first, words, lexer);
  rememberNumbers(first, words, isDeclaring(first.text), lexer.numbers);
  if (words.every((word) => word.references.length + word.printed.length + word.masked.length === 0)) return;
  const index = nameIndex(words);
  const name = words[index];
  checkAssignments(name ? words.slice(0, index) : words, lexer);
  checkTests(first.text, words, lexer.problems);
  if (name) checkName(name, lexer.problems);
  const invocations = invocationsOf(words, isInterpreter);
  for (const { help, reader, words: taken } of invocations.flatMap((invocation) => codeOfBuiltin(invocation) ?? [])) {
    reportCode(lexer.problems, taken, reader, help);
  }
  for (const program of invocations.flatMap(programsOf)) {
    const { code, help, reader } = program;
    const replacement = passAsArguments(program, words, lexer) ?? printAsText(program, words, lexer);
    const taken = program.takesMasked ? program.words.map(withoutMasked) : program.words;
    report(lexer.problems, taken, { code, reader, help, ...(replacement ? { replacement } : {}) });
  }
}

/** Index of the word that names the command, behind assignments and the like. */
function nameIndex(words: readonly Word[]): number {
  return words.findIndex(({ text }) => !ASSIGNMENT.test(text) && !PREFIXES.has(text));
}

/** bash judges what is assigned to an integer as arithmetic, and subscripts unless they are a map's. */
function rememberDeclared(first: Word, words: readonly Word[], { integers, maps }: Lexer): void {
  if (!isDeclaring(first.text)) return;
  for (const [names, isOption] of [[integers, isIntegerOption] as const, [maps, isMapOption] as const]) {
    if (!words.some(({ text }) => isOption(text))) continue;
    for (const { text } of words.slice(1)) {
      const name = /^[A-Za-z_]\w*/.exec(text);
      if (name) names.add(name[0]);
    }
  }
}

function checkAssignments(assigned: readonly Word[], { integers, problems }: Lexer): void {
  const risky = assigned.filter(({ text }) => integers.has(ASSIGNMENT.exec(text)?.[1] ?? ""));
  reportCode(problems, risky, "an integer variable", "Assign the value to a variable without -i.");
}

function checkTests(first: string, words: readonly Word[], problems: ProblemCollector): void {
  for (const [index, { text }] of words.entries()) {
    const next = words[index + 1];
    if (text === "-v" && next && /^(\[|\[\[|test|printf)$/.test(first)) {
      reportCode(problems, [next], `${first} -v`, "Write the name of the variable itself.");
    }
    if (first !== "[[" || !ARITHMETIC_TESTS.has(text)) continue;
    const operands = [words[index - 1], next].filter((word) => word !== undefined);
    reportCode(problems, operands, `[[ ${text} ]]`, `Use single brackets: [ <reference> ${text} 1 ].`);
  }
}

/** A value where the command's name stands: one word, so it can be no command with arguments and no assignment. */
function checkName(name: Word, problems: ProblemCollector): void {
  const isVariable = /^[\w\0]*\0[\w\0]*(\[[^\]]*\])?\+?=/.test(name.text);
  if ((name.text !== REFERENCE_MARK && !isVariable) || name.quoted) return;
  const help = `If it is the name of a program, put it in quotes: "<reference>". To run text of yours as code, say so: CODE=<reference>; eval "$CODE".`;
  report(problems, [name], { code: "lower/reference-as-command", reader: "", help });
}

function reportCode(problems: ProblemCollector, words: readonly Word[], reader: string, help: string): void {
  report(problems, words, { code: "lower/reference-as-code", reader, help });
}

function report(problems: ProblemCollector, words: readonly Word[], problem: SharedProblem): void {
  for (const { masked, printed, references } of words) {
    problems.report(references, problem);
    problems.report(printed, problem);
    for (const text of masked) problems.report(text.printed, problem);
  }
}
