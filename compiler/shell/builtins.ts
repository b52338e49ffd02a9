import { REFERENCE_MARK, type Word } from "./frames.ts";
import type { Invocation } from "./invocation.ts";
import { readArguments } from "./options.ts";

/** Words that take arguments as code; `trap` and `alias` keep them for later. */
const CODE_BUILTINS: ReadonlySet<string> = new Set(["eval", "trap", "alias", "let"]);
/** Take names of variables; in bash a name may hold a subscript, which is arithmetic, which may hold commands. */
const NAME_BUILTINS: ReadonlySet<string> = new Set(["unset", "read", "getopts", "mapfile", "readarray"]);
/** Which options of these take an argument, and which of them a name or a command. */
const READ = { options: { values: "adintpNu" }, taking: /^-a$/ };
const MAPFILE = { options: { values: "dnOsucC" }, taking: /^-C$/ };
const DECLARING_BUILTINS: ReadonlySet<string> = new Set(["declare", "typeset", "local", "export", "readonly"]);
/** Commands behind which a builtin still is one. */
const PREFIXES: ReadonlySet<string> = new Set(["command", "builtin", "exec", "time"]);

/** Words that a builtin takes as code, or as names that may hold code. */
export interface CodeWords {
  readonly words: readonly Word[];
  readonly reader: string;
  readonly help: string;
}

/** What a builtin of the shell would run. */
export function codeOfBuiltin({ args, launchers, name }: Invocation<Word>): CodeWords | undefined {
  if (!launchers.every((launcher) => PREFIXES.has(launcher.name))) return undefined;
  if (CODE_BUILTINS.has(name)) {
    const help = `Put the value into a variable and let "${name}" get the variable's name in single quotes.`;
    return { words: name === "trap" ? actionOfTrap(args) : args, reader: name, help };
  }
  if (NAME_BUILTINS.has(name)) {
    return { words: namesAmong(args, name), reader: name, help: "Write the name of the variable itself." };
  }
  if (!isDeclaring(name)) return undefined;
  const isInteger = args.some(({ text }) => isIntegerOption(text));
  const words = args.filter(({ text }) => isInteger || text.split("=", 1)[0]?.includes(REFERENCE_MARK));
  return { words, reader: name, help: "Write the name of the variable itself, and give it its value without -i." };
}

/** Whether the command declares variables. */
export function isDeclaring(name: string): boolean {
  return DECLARING_BUILTINS.has(name);
}

/** Whether it makes integers of the variables that are declared. */
export function isIntegerOption(text: string): boolean {
  return /^-[A-Za-z]*i/.test(text);
}

/** Whether it makes arrays of them whose subscripts are texts. */
export function isMapOption(text: string): boolean {
  return /^-[A-Za-z]*A/.test(text);
}

function actionOfTrap(args: readonly Word[]): readonly Word[] {
  const start = args[0]?.text === "--" ? 1 : 0;
  return args.slice(start, start + 1);
}

function namesAmong(args: readonly Word[], builtin: string): readonly Word[] {
  if (builtin === "unset") return args;
  // It takes a text, a name and the arguments.
  if (builtin === "getopts") return args.slice(1, 2);
  const { options: syntax, taking } = builtin === "read" ? READ : MAPFILE;
  const { operands, options } = readArguments(args, 0, syntax);
  const given = options.flatMap(({ name, value }) => (value && taking.test(name) ? [value.word] : []));
  return [...given, ...operands];
}
