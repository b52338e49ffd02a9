import type { Word } from "./frames.ts";
import { type Interpreter, interpreterOf, SHELL_NAMES, USER_HELP } from "./interpreters.ts";
import type { Invocation } from "./invocation.ts";
import { type Argument, type GivenArguments, type GivenOption, readArguments } from "./options.ts";

/** Words that a command takes as (part of) a program. */
export interface ProgramWords<T extends Argument = Word> {
  readonly code: "lower/reference-as-code" | "lower/reference-in-program";
  readonly words: readonly T[];
  /** What the program is given to: `sh -c`. */
  readonly reader: string;
  readonly help: string;
  /** Text that was masked for it is only text. */
  readonly takesMasked?: boolean;
  /** Where a shell is given its program: the shell's name. */
  readonly shell?: string;
}

/** Options of `flock` behind its file. */
const FLOCK_COMMAND = /^(-c|--command)$/;

/** Whether the name is one of a command that takes programs. */
export function isInterpreter(name: string): boolean {
  return interpreterOf(name) !== undefined;
}

/** The programs among a command's arguments. */
export function programsOf<T extends Argument>(invocation: Invocation<T>): readonly ProgramWords<T>[] {
  const { args, launchers, name } = invocation;
  if (FLOCK_COMMAND.test(name) && launchers.at(-1)?.name === "flock") {
    const reader = `flock ${name}`;
    return [{ code: "lower/reference-as-code", words: args.slice(0, 1), reader, help: USER_HELP }];
  }
  const interpreter = interpreterOf(name);
  if (!interpreter) return [];
  const given = readArguments(args, 0, interpreter.options);
  const code = interpreter.danger === "code" ? "lower/reference-as-code" : "lower/reference-in-program";
  const { help } = interpreter;
  if (name === "ssh") {
    const remote = remoteCommandOf(given, interpreter);
    return remote ? [{ code, words: remote, reader: name, help }] : [];
  }
  if (interpreter.needs && !given.operands.some(({ text }) => interpreter.needs?.test(text))) return [];
  const found: ProgramWords<T>[] = [];
  const masked = interpreter.takesMasked ? { takesMasked: true } : {};
  for (const option of given.options) {
    const { name: own, value } = option;
    if (!value || !interpreter.code?.test(own) || interpreter.codeStart?.test(value.text) === false) continue;
    const reader = interpreter.danger === "code" ? `${name} ${spellingOf(option)}` : name;
    found.push({ code, words: [value.word], reader, help, ...masked });
  }
  const operands = programOperands(interpreter, given);
  if (operands.length > 0) {
    const option = given.options.find((option) => interpreter.operands?.having?.test(option.name));
    const reader = option ? `${name} ${spellingOf(option)}` : name;
    found.push({ code, words: operands, reader, help, ...masked, ...(SHELL_NAMES.test(name) ? { shell: name } : {}) });
  }
  return found;
}

/** What is behind the host of `ssh`, which may have options behind it; `undefined` where there is no host. */
export function remoteCommandOf<T extends Argument>(
  { operands: [host, ...behind] }: GivenArguments<T>,
  { options }: Interpreter,
): readonly T[] | undefined {
  return host && readArguments(behind, 0, options).operands;
}

function programOperands<T extends Argument>(
  { operands: own, subcommand }: Interpreter,
  { operands, options }: GivenArguments<T>,
): readonly T[] {
  const has = (names: RegExp) => options.some(({ name }) => names.test(name));
  if (!own || (own.having && !has(own.having)) || (own.without && has(own.without))) return [];
  const [first, ...others] = operands.filter(({ text }) => text !== "");
  if (!first) return [];
  const given = subcommand?.test(first.text) ? others : [first, ...others];
  return given.slice(own.from, own.to);
}

/** The option as it was written, without what is joined to it. */
function spellingOf({ name, value, word }: GivenOption): string {
  if (value?.word !== word) return word.text;
  return name.startsWith("--") ? `${name}=` : name;
}
