import type { Command } from "./frames.ts";
import { type Interpreter, interpreterOf } from "./interpreters.ts";
import { type Invocation, invocationsOf } from "./invocation.ts";
import { type Argument, type GivenArguments, readArguments } from "./options.ts";
import { isInterpreter, programsOf, remoteCommandOf } from "./programs.ts";

const HELP = `Quote the delimiter ('EOF'), put the value into the environment and read it there.`;
const XARGS_HELP = `Let xargs pass its input as an argument: xargs sh -c 'make "$1"' sh.`;
/** They keep the commands that they read for later. */
const SCHEDULERS = /^(at|batch|crontab)$/;
const INPUT_FILE = /^(-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/;
/** In a group they leave the input to who comes next. */
const LEAVE_INPUT = /^(cd|set|export|umask|shift|true|:)$/;
/** How deep groups and remote commands are looked into. */
const DEEPEST = 8;

/** Who runs the text that is its input. */
interface InputReader {
  readonly reader: string;
  readonly help: string;
}

/** Who would run the text that a command reads as its input; `undefined` where it is data, as for `cat`. */
export function inputReaderOf(command: Command): InputReader | undefined {
  let first = command;
  for (let depth = 0; depth < DEEPEST && first.inner.length > 0; depth++) {
    const inner = first.inner.find(({ words: [name] }) => !LEAVE_INPUT.test(name?.text ?? ""));
    if (!inner) return undefined;
    first = inner;
  }
  return readerAmong(first.words, 0);
}

function readerAmong(words: readonly Argument[], depth: number): InputReader | undefined {
  for (const invocation of invocationsOf(words, isInterpreter)) {
    const found = readerOf(invocation, depth);
    if (found) return found;
  }
  return undefined;
}

function readerOf(invocation: Invocation, depth: number): InputReader | undefined {
  const { args, launchers, name } = invocation;
  const launcher = launchers.at(-1);
  const xargs = launchers.find((launched) => launched.name === "xargs");
  if (xargs) return readerBehindXargs(invocation, xargs.replaced);
  if (name === "" && args.length === 0 && launcher?.isShell) return { reader: launcher.name, help: HELP };
  const isSourced = (name === "." || name === "source") && INPUT_FILE.test(args[0]?.text ?? "");
  if (isSourced || SCHEDULERS.test(name)) return { reader: name, help: HELP };
  const interpreter = interpreterOf(name);
  if (!interpreter) return undefined;
  const given = readArguments(args, 0, interpreter.options);
  if (name === "ssh") {
    const remote = remoteCommandOf(given, interpreter);
    if (remote?.length === 0) return { reader: name, help: HELP };
    const words = remote?.flatMap(({ quoted, text }) => text.split(/\s+/).map((part) => ({ text: part, quoted })));
    return words && depth < DEEPEST ? readerAmong(words, depth + 1) : undefined;
  }
  return readsInput(interpreter, given) ? { reader: name, help: HELP } : undefined;
}

function readsInput({ file, input }: Interpreter, { operands, options }: GivenArguments): boolean {
  if (options.some(({ name, value }) => value && file?.test(name) && INPUT_FILE.test(value.text))) return true;
  if (!input || options.some(({ name }) => input.without?.test(name))) return false;
  const [first] = operands;
  // With a file as argument, what is read is not the program.
  return (
    first === undefined ||
    input.ignoresOperands === true ||
    INPUT_FILE.test(first.text) ||
    options.some(({ name }) => input.always?.test(name))
  );
}

/** `xargs` writes its input into the arguments, or behind them. */
function readerBehindXargs(invocation: Invocation, replaced: string | undefined): InputReader | undefined {
  const { args, name } = invocation;
  const programs = programsOf(invocation);
  const taker = programs.find(({ words }) => {
    return replaced === undefined ? name === "ssh" : words.some(({ text }) => text.includes(replaced));
  });
  if (taker) return { reader: taker.reader, help: XARGS_HELP };
  const lacksProgram = replaced === undefined && programs.length === 0 && /^-\w*c$/.test(args.at(-1)?.text ?? "");
  return lacksProgram && isInterpreter(name) ? { reader: `${name} ${args.at(-1)?.text}`, help: XARGS_HELP } : undefined;
}
