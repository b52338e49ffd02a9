import { REFERENCE_MARK, type Word } from "./frames.ts";
import type { Lexer } from "./lexer.ts";
import { passAsArguments } from "./pass-as-arguments.ts";
import type { ShellProblem } from "./problem.ts";
import { findPrograms } from "./programs.ts";

/**
 * Commands that parse what they are given as code. A shell variable keeps a value from being code for the shell that
 * expands it, but not for `eval`, another shell or a Python program that gets it as an argument.
 */

/** Words that take arguments as code; `trap` and `alias` keep them for later. */
const CODE_BUILTINS: ReadonlySet<string> = new Set(["eval", "trap", "alias", "let"]);
/** Take names of variables; in bash a name may hold a subscript, which is arithmetic, which may hold commands. */
const NAME_BUILTINS: ReadonlySet<string> = new Set(["unset", "read", "getopts", "mapfile", "readarray"]);
const DECLARING_BUILTINS: ReadonlySet<string> = new Set(["declare", "typeset", "local", "export", "readonly"]);
/** Words before the command's real name. */
const PREFIXES: ReadonlySet<string> = new Set(["command", "builtin", "exec", "sudo", "env", "nohup", "time"]);
/** `[[` judges these as arithmetic, which may hold commands; `[` does not. */
const ARITHMETIC_TESTS: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);
const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;

/** Finds references that the command would take as code, or as something else than data. */
export function checkCommand(words: readonly Word[], lexer: Lexer): readonly ShellProblem[] {
  const [first] = words;
  if (!first) return [];
  rememberIntegers(first, words, lexer);
  if (words.every(({ printed, references }) => references.length === 0 && printed.length === 0)) return [];
  return [
    ...checkAssignments(words, lexer),
    ...checkBuiltins(words),
    ...checkTests(first.text, words),
    ...checkName(words),
    ...findPrograms(words).flatMap((program) => {
      const replacement = passAsArguments(program, words, lexer);
      const found = problems(program.code, program.words, program.reader, program.help);
      return replacement
        ? found.map((problem) => ({ ...problem, replacement: replacement(problem.reference) }))
        : found;
    }),
  ];
}

/** Index of the word that names the command, behind assignments and the like. */
function nameIndex(words: readonly Word[]): number {
  return words.findIndex(({ text }) => !ASSIGNMENT.test(text) && !PREFIXES.has(text));
}

/** bash judges what is assigned to an integer as arithmetic. */
function rememberIntegers(first: Word, words: readonly Word[], { integers }: Lexer): void {
  if (!DECLARING_BUILTINS.has(first.text) || !words.some(({ text }) => /^-[A-Za-z]*i/.test(text))) return;
  for (const { text } of words.slice(1)) {
    const name = /^[A-Za-z_]\w*/.exec(text);
    if (name) integers.add(name[0]);
  }
}

function checkAssignments(words: readonly Word[], { integers }: Lexer): readonly ShellProblem[] {
  const name = nameIndex(words);
  const assigned = name === -1 ? words : words.slice(0, name);
  const risky = assigned.filter(({ text }) => integers.has(ASSIGNMENT.exec(text)?.[1] ?? ""));
  return asCode(risky, "an integer variable", "Assign the value to a variable without -i.");
}

function checkBuiltins(words: readonly Word[]): readonly ShellProblem[] {
  const start = nameIndex(words);
  const name = words[start]?.text ?? "";
  const rest = words.slice(start + 1);
  if (CODE_BUILTINS.has(name)) {
    const codeWords = name === "trap" ? rest.slice(0, 1) : rest;
    const help = `Put the value into a variable and let "${name}" get the variable's name in single quotes.`;
    return asCode(codeWords, name, help);
  }
  if (NAME_BUILTINS.has(name)) return asCode(rest, name, "Write the name of the variable itself.");
  if (!DECLARING_BUILTINS.has(name)) return [];
  const isInteger = rest.some(({ text }) => /^-[A-Za-z]*i/.test(text));
  const named = rest.filter(({ text }) => isInteger || text.split("=", 1)[0]?.includes(REFERENCE_MARK));
  return asCode(named, name, "Write the name of the variable itself, and give it its value without -i.");
}

function checkTests(first: string, words: readonly Word[]): readonly ShellProblem[] {
  return words.flatMap(({ text }, index) => {
    const next = words[index + 1];
    if (text === "-v" && next && /^(\[|\[\[|test|printf)$/.test(first)) {
      return asCode([next], `${first} -v`, "Write the name of the variable itself.");
    }
    if (first !== "[[" || !ARITHMETIC_TESTS.has(text)) return [];
    const operands = [words[index - 1], next].filter((word) => word !== undefined);
    return asCode(operands, `[[ ${text} ]]`, `Use single brackets: [ <reference> ${text} 1 ].`);
  });
}

/** A value where the command's name stands: one word, so it can be no command with arguments. */
function checkName(words: readonly Word[]): readonly ShellProblem[] {
  const name = words[nameIndex(words)];
  if (name?.text !== REFERENCE_MARK || name.quoted) return [];
  const help = `If it is the name of a program, put it in quotes: "<reference>". To run text of yours as code, say so: CODE=<reference>; eval "$CODE".`;
  return problems("lower/reference-as-command", [name], "", help);
}

function asCode(words: readonly Word[], reader: string, help: string): readonly ShellProblem[] {
  return problems("lower/reference-as-code", words, reader, help);
}

function problems(
  code: ShellProblem["code"],
  words: readonly Word[],
  reader: string,
  help: string,
): readonly ShellProblem[] {
  return words.flatMap(({ printed, references }) =>
    [...new Set([...references, ...printed])].map((reference) => ({
      code,
      reference,
      reader,
      help: help.replaceAll("<reference>", reference.text),
    })),
  );
}
