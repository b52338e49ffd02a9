import { REFERENCE_MARK, type Word } from "./frames.ts";
import type { ShellProblem } from "./problem.ts";

/**
 * Commands that parse what they are given as code. A shell variable keeps a value from being code for the shell that
 * expands it, but not for `eval`, another shell or a Python program that gets it as an argument.
 */

/** Words that take arguments as code; `trap` and `alias` keep them for later. */
const CODE_BUILTINS: ReadonlySet<string> = new Set(["eval", "trap", "alias", "let"]);
/** Take names of variables; in bash a name may hold a subscript, which is arithmetic, which may hold commands. */
const NAME_BUILTINS: ReadonlySet<string> = new Set(["unset", "read", "getopts"]);
const DECLARING_BUILTINS: ReadonlySet<string> = new Set(["declare", "typeset", "local", "export", "readonly"]);
/** Words before the command's real name. */
const PREFIXES: ReadonlySet<string> = new Set(["command", "builtin", "exec", "sudo", "env", "nohup", "time"]);
/** `[[` judges these as arithmetic, which may hold commands; `[` does not. */
const ARITHMETIC_TESTS: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);

interface Interpreter {
  readonly names: RegExp;
  /** Options whose argument is a program. */
  readonly option: RegExp;
  readonly help: string;
}

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: /^(sh|bash|dash|ash|ksh|zsh|su)$/,
    option: /^-[a-z]*c$/,
    help: `Pass the value as an argument: sh -c 'make "$1"' sh <reference>.`,
  },
  {
    names: /^python[\d.]*$/,
    option: /^-[A-Za-z]*c$/,
    help: "Pass the value as an argument and read it from sys.argv: python -c 'import sys; print(sys.argv[1])' <reference>.",
  },
  {
    names: /^(perl|ruby|lua|node|nodejs|php)$/,
    option: /^(-[a-zA-Z]*[eEpr]|--eval|--print)$/,
    help: "Pass the value as an argument of the program and read it from the list of arguments.",
  },
];
const AWK = /^[gmn]?awk$/;
const AWK_HELP = "Pass the value as a variable: awk -v value=<reference> '{ print value }'.";

/** Finds references that the command would take as code. */
export function checkCommand(words: readonly Word[]): readonly ShellProblem[] {
  if (words.every(({ references }) => references.length === 0)) return [];
  return [...checkBuiltins(words), ...checkTests(words), ...checkInterpreters(words)];
}

/** What would run the text that the command reads, as in `python3 <<EOF`; `undefined` for `cat <<EOF`. */
export function programReaderOf(
  words: readonly Word[],
): { readonly reader: string; readonly help: string } | undefined {
  for (const [index, word] of words.entries()) {
    const name = baseName(word.text);
    const interpreter = INTERPRETERS.find(({ names }) => names.test(name));
    const rest = words.slice(index + 1).map(({ text }) => text);
    // With a file or a program as argument, what is read is not the program.
    if (interpreter && (rest.includes("-s") || rest.every((text) => text.startsWith("-")))) {
      const help = `Quote the delimiter ('EOF'), put the value into the environment and read it there.`;
      return rest.some((text) => interpreter.option.test(text)) ? undefined : { reader: name, help };
    }
  }
  return undefined;
}

function checkBuiltins(words: readonly Word[]): readonly ShellProblem[] {
  const start = words.findIndex(({ text }) => !/^[A-Za-z_]\w*\+?=/.test(text) && !PREFIXES.has(text));
  const name = words[start]?.text ?? "";
  const rest = words.slice(start + 1);
  if (CODE_BUILTINS.has(name)) {
    const codeWords = name === "trap" ? rest.slice(0, 1) : rest;
    return problems(
      codeWords,
      name,
      `Put the value into a variable and let "${name}" get the variable's name in single quotes.`,
    );
  }
  if (NAME_BUILTINS.has(name)) return problems(rest, name, "Write the name of the variable itself.");
  if (!DECLARING_BUILTINS.has(name)) return [];
  const isInteger = rest.some(({ text }) => /^-[A-Za-z]*i/.test(text));
  const named = rest.filter(({ text }) => isInteger || text.split("=", 1)[0]?.includes(REFERENCE_MARK));
  return problems(named, name, "Write the name of the variable itself, and give it its value without -i.");
}

function checkTests(words: readonly Word[]): readonly ShellProblem[] {
  return words.flatMap(({ text }, index) => {
    const next = words[index + 1];
    if (text === "-v" && next && /^(\[|\[\[|test|printf)$/.test(words[0]?.text ?? "")) {
      return problems([next], `${words[0]?.text} -v`, "Write the name of the variable itself.");
    }
    if (words[0]?.text !== "[[" || !ARITHMETIC_TESTS.has(text)) return [];
    const operands = [words[index - 1], next].filter((word) => word !== undefined);
    return problems(operands, `[[ ${text} ]]`, `Use single brackets: [ <reference> ${text} 1 ].`);
  });
}

function checkInterpreters(words: readonly Word[]): readonly ShellProblem[] {
  return words.flatMap((word, index) => {
    const name = baseName(word.text);
    const isAwk = AWK.test(name);
    const interpreter = INTERPRETERS.find(({ names }) => names.test(name));
    if (!isAwk && !interpreter) return [];
    const rest = words.slice(index + 1);
    if (isAwk) {
      const isOptionArgument = (at: number) => /^-[vFf]$/.test(rest[at - 1]?.text ?? "");
      const program = rest.find(({ text }, at) => !text.startsWith("-") && !isOptionArgument(at));
      return problems(program ? [program] : [], name, AWK_HELP);
    }
    const option = rest.findIndex(({ text }) => interpreter.option.test(text));
    const program = option === -1 ? undefined : rest[option + 1];
    return program ? problems([program], `${name} ${rest[option]?.text}`, interpreter.help) : [];
  });
}

function problems(words: readonly Word[], reader: string, help: string): readonly ShellProblem[] {
  return words.flatMap(({ references }) =>
    references.map(
      (reference): ShellProblem => ({
        code: "lower/reference-as-code",
        reference,
        reader,
        help: help.replaceAll("<reference>", reference.text),
      }),
    ),
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
