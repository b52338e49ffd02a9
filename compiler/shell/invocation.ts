import { REFERENCE_MARK } from "./frames.ts";
import { SHELL_NAMES } from "./interpreters.ts";
import { LAUNCHERS, type Launcher } from "./launchers.ts";
import { type Argument, type GivenArguments, readArguments } from "./options.ts";

/** A command that is run, perhaps by others: the `sh` of `sudo docker exec web sh -c …`. */
export interface Invocation<T extends Argument = Argument> {
  /** Without its path; empty where it is not known or there is none. */
  readonly name: string;
  readonly args: readonly T[];
  /** Those that run it, outermost first. */
  readonly launchers: readonly Launched[];
}

/** A command that runs another one. */
export interface Launched {
  readonly name: string;
  /** Was told to start a shell if it is given no command: `sudo -i`. */
  readonly isShell: boolean;
  /** What `xargs` replaces by its input; `undefined` for others, and where it adds its input at the end. */
  readonly replaced?: string;
}

const ASSIGNMENT = /^[A-Za-z_]\w*(\[[^\]]*\])?\+?=/;
/** Commands around commands that are followed; a script has no more, and looking for ever takes the square. */
const MOST_LAUNCHERS = 20;
/** Commands behind whose `--` no other command stands. */
const TAKES_WORDS =
  /^([ef]?grep|rg|git|echo|printf|rm|ls|cat|cp|mv|mkdir|touch|test|set|cd|npm|tee|which|apt|apt-get|apk|yum|dnf|brew)$/;
/** Its own operators start other commands. */
const FIND_EXEC = /^-(exec|execdir|ok|okdir)$/;

/** Name of the program of a path; a path in which a reference stands gives no name. */
export function baseName(path: string): string {
  return path.includes(REFERENCE_MARK) ? "" : path.slice(path.lastIndexOf("/") + 1);
}

/**
 * Follows a command to what it runs. Only a word that certainly stands where a command does counts: `--name node` and
 * `grep -e node` name no program. `isKnown` tells the names that matter, for places that can only be guessed: behind
 * `$SUDO`, and behind the `--` of a command of which nothing is known. `outer` are the commands that run this one.
 */
export function invocationsOf<T extends Argument>(
  words: readonly T[],
  isKnown: (name: string) => boolean,
  outer: readonly Launched[] = [],
): readonly Invocation<T>[] {
  const found: Invocation<T>[] = [];
  const launchers = [...outer];
  const matters = (index: number) => isKnown(nameAt(words, index)) || launcherAt(words, index) !== undefined;
  // A reserved word before it is no word of the command, but the option of `time -p` is.
  let at = behindAssignments(words, textAt(words, 0) === "-p" ? 1 : 0);
  while (launchers.length <= MOST_LAUNCHERS) {
    const name = nameAt(words, at);
    const launcher = launcherAt(words, at);
    const launch = launcher && readLaunch(launcher, words, at);
    if (launch) {
      launchers.push(launch.launched);
      at = launcher.assigns ? behindAssignments(words, launch.at) : launch.at;
      if (launch.entrypoint === undefined) continue;
      found.push({ name: baseName(launch.entrypoint), args: words.slice(at), launchers });
      break;
    }
    const isGuess = isExpansion(words[at]) || (launchers.length > 0 && !isKnown(name) && isExpansion(words[at - 1]));
    if (isGuess && matters(at + 1)) {
      at++;
      continue;
    }
    found.push({ name, args: words.slice(at + 1), launchers: [...launchers] });
    if (name === "find") found.push(...foundBy(words.slice(at + 1), launchers, isKnown));
    if (launcher || isKnown(name) || TAKES_WORDS.test(name)) break;
    const behind = behindDashes(words, at);
    const guess = matters(behind) ? behind : shellAmong(words, at);
    if (guess <= at) break;
    launchers.push({ name, isShell: false });
    at = guess;
  }
  return found;
}

/** The commands that `find` is told to run. */
function foundBy<T extends Argument>(
  args: readonly T[],
  launchers: readonly Launched[],
  isKnown: (name: string) => boolean,
): readonly Invocation<T>[] {
  const commands: T[][] = [];
  let command: T[] | undefined;
  for (const word of args) {
    if (command && /^[;+]$/.test(word.text)) command = undefined;
    else if (command) command.push(word);
    else if (FIND_EXEC.test(word.text)) {
      command = [];
      commands.push(command);
    }
  }
  const outer = [...launchers, { name: "find", isShell: false }];
  return commands.flatMap((words) => invocationsOf(words, isKnown, outer));
}

/** Where the command starts that a launcher runs. */
interface Launch {
  readonly launched: Launched;
  readonly at: number;
  /** The command where it is none of the words, but an option's argument. */
  readonly entrypoint?: string;
}

/** `undefined` where it runs no command. */
function readLaunch(launcher: Launcher, words: readonly Argument[], start: number): Launch | undefined {
  const { dashes, group, only, operands = 0, options, own = {}, shell, subcommand, without } = launcher;
  let given = readArguments(words, start + 1, options);
  if (group?.test(textAt(words, given.first))) given = readArguments(words, given.first + 1, options);
  if (subcommand) {
    if (!subcommand.test(textAt(words, given.first))) return undefined;
    given = readArguments(words, given.first + 1, own);
  }
  const has = (names: RegExp | undefined) => given.options.some((option) => names?.test(option.name));
  if (has(without) || (only && !has(only))) return undefined;
  const name = nameAt(words, start);
  const launched = { name, isShell: has(shell), ...(name === "xargs" ? replacedBy(given) : {}) };
  const behind = dashes ? behindDashes(words, start) : 0;
  const entrypoint = given.options.findLast((option) => option.name === "--entrypoint")?.value?.text;
  return {
    launched,
    at: behind > 0 ? behind : Math.min(words.length, given.first + operands),
    ...(entrypoint === undefined ? {} : { entrypoint }),
  };
}

function replacedBy({ options }: GivenArguments): { readonly replaced?: string } {
  const option = options.findLast(({ name }) => /^(-I|-i|--replace)$/.test(name));
  return option ? { replaced: option.value?.text ?? "{}" } : {};
}

/** Index behind the first `--` that stands behind `start`; 0 where there is none. */
function behindDashes(words: readonly Argument[], start: number): number {
  return words.findIndex(({ text }, index) => index > start && text === "--") + 1;
}

/** Index of a shell that is given a program behind a command of which nothing is known: `retry 3 sh -c …`. */
function shellAmong(words: readonly Argument[], start: number): number {
  return words.findIndex(
    (_, index) =>
      index > start &&
      SHELL_NAMES.test(nameAt(words, index)) &&
      /^-[A-Za-z]*c$/.test(textAt(words, index + 1)) &&
      !textAt(words, index - 1).startsWith("-"),
  );
}

function behindAssignments(words: readonly Argument[], start: number): number {
  const index = words.findIndex(({ text }, index) => index >= start && !ASSIGNMENT.test(text));
  return index === -1 ? words.length : index;
}

function isExpansion(word: Argument | undefined): boolean {
  return word !== undefined && /^\$\w*$/.test(word.text) && !word.quoted;
}

function launcherAt(words: readonly Argument[], index: number): Launcher | undefined {
  const name = nameAt(words, index);
  return LAUNCHERS.find(({ names }) => names.test(name));
}

function nameAt(words: readonly Argument[], index: number): string {
  return baseName(textAt(words, index));
}

function textAt(words: readonly Argument[], index: number): string {
  return words[index]?.text ?? "";
}
