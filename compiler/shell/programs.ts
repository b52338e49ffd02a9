import { REFERENCE_MARK, type Word } from "./frames.ts";

/** A command that runs a program which it is given as an argument or as its input. */
interface Interpreter {
  readonly names: RegExp;
  /** Options whose argument is a program. */
  readonly option: RegExp;
  /** The same where the program is joined to the option. */
  readonly joined?: RegExp;
  /** Whether it reads a program from its input if it is given none. */
  readonly readsInput: boolean;
  readonly help: string;
}

/** The shells whose `-c` takes a program, and then its arguments. */
export const SHELL_NAMES = /^(sh|bash|dash|ash|ksh|mksh|zsh)$/;

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: SHELL_NAMES,
    option: /^-[a-z]*c$/,
    readsInput: true,
    help: `Pass the value as an argument: sh -c 'make "$1"' sh <reference>.`,
  },
  {
    names: /^(su|runuser|sg|script|flock)$/,
    option: /^(-c|--command)$/,
    joined: /^--command=/s,
    readsInput: false,
    help: `Pass the value as an argument of a shell: su deploy -c 'make "$1"' -- sh <reference>.`,
  },
  {
    names: /^python[\d.]*$/,
    option: /^-[A-Za-z]*c$/,
    readsInput: true,
    help: "Pass the value as an argument and read it from sys.argv: python3 -c 'import sys; print(sys.argv[1])' <reference>.",
  },
  {
    names: /^(perl|ruby|lua|node|nodejs|bun|php|Rscript|groovy)$/,
    option: /^(-[a-zA-Z]*[eEpr]|--eval|--print|--run)$/,
    joined: /^(-[eEpr]|--(eval|print|run)=)/s,
    readsInput: true,
    help: "Pass the value as an argument of the program and read it from the list of arguments.",
  },
  {
    names: /^(pwsh|powershell)$/i,
    option: /^-(c|command|e)$/i,
    readsInput: true,
    help: "Put the value into the environment (VALUE=<reference> pwsh …) and read $env:VALUE.",
  },
];

/** Programs whose language cannot do everything, but in which a value is still no plain text. */
const LITTLE_LANGUAGES: readonly { readonly names: RegExp; readonly option?: RegExp; readonly help: string }[] = [
  {
    names: /^g?sed$/,
    option: /^(-[A-Za-z]*e|--expression)$/,
    help: `Mask what means something to sed: "$(printf %s <reference> | sed 's|[\\/&]|\\\\&|g')", or use a tool that takes values, such as envsubst.`,
  },
  { names: /^(jq|yq|gojq)$/, help: "Pass the value as a variable: jq --arg value <reference> '.key = $value'." },
  {
    names: /^(psql|mysql|mariadb|sqlite3)$/,
    option: /^(-[A-Za-z]*[ce]|--command|--execute)$/,
    help: "Pass the value as a variable of the client, for example: psql -v value=<reference>, and :'value' in a statement from a file.",
  },
];

const AWK = /^[gmn]?awk$/;
/** Not `-v`, in which awk reads backslashes. */
const AWK_HELP = `Put the value into the environment of awk: value=<reference> awk '{ print ENVIRON["value"] }'.`;
const SSH_HELP =
  "ssh joins its arguments, and a shell on the other side reads them. Send the value as input: " +
  `printf %s <reference> | ssh host 'value=$(cat); make "$value"'.`;
const SSH_OPTION_WITH_ARGUMENT = /^-[A-Za-z0-9]*[BbcDEeFIiJLlmOopQRSWw]$/;

/** Names of everything that is given programs. */
const PROGRAM_NAMES = [AWK, ...[...INTERPRETERS, ...LITTLE_LANGUAGES].map(({ names }) => names)];

/** Words that a command takes as (part of) a program. */
export interface ProgramWords {
  readonly code: "lower/reference-as-code" | "lower/reference-in-program";
  readonly words: readonly Word[];
  /** What the program is given to: `sh -c`. */
  readonly reader: string;
  readonly help: string;
  /** Where a shell is given its program: the shell's name. */
  readonly shell?: string;
}

/** Finds programs among the words of a command, also behind `sudo`, `xargs`, `docker exec` and the like. */
export function findPrograms(words: readonly Word[]): readonly ProgramWords[] {
  const remote = remoteCommandOf(words);
  if (remote) return [{ code: "lower/reference-as-code", words: remote, reader: "ssh", help: SSH_HELP }];
  return words.flatMap((word, index) => {
    const name = baseName(word.text);
    if (!PROGRAM_NAMES.some((names) => names.test(name))) return [];
    const rest = words.slice(index + 1);
    return [...programsOfAwk(name, rest), ...programsOfInterpreter(name, rest), ...programsOfLanguage(name, rest)];
  });
}

/** Who would run the text that a command reads as its input; `undefined` where it is data, as for `cat`. */
export function inputReaderOf(words: readonly Word[]): { readonly reader: string; readonly help: string } | undefined {
  const help = `Quote the delimiter ('EOF'), put the value into the environment and read it there.`;
  const texts = words.map(({ text }) => text);
  const [first = "", second] = texts;
  if ((first === "." || first === "source") && second === "/dev/stdin") return { reader: first, help };
  const remote = remoteCommandOf(words);
  if (remote?.length === 0) return { reader: "ssh", help };
  if (remote)
    return inputReader(
      remote.flatMap(({ text }) => text.split(/\s+/)),
      help,
    );
  return inputReader(texts, help);
}

/** Names of everything that may run what it reads. */
const INPUT_READERS = [/^(su|runuser|at|batch|crontab)$/, ...INTERPRETERS.map(({ names }) => names)];

function inputReader(texts: readonly string[], help: string): { reader: string; help: string } | undefined {
  for (const [index, text] of texts.entries()) {
    const name = baseName(text);
    if (!INPUT_READERS.some((names) => names.test(name))) continue;
    const rest = texts.slice(index + 1);
    if (/^(su|runuser)$/.test(name) && !rest.some((option) => /^(-c|--command)/.test(option)))
      return { reader: name, help };
    if (/^(at|batch|crontab)$/.test(name) && index === 0) return { reader: name, help };
    const interpreter = INTERPRETERS.find(({ names, readsInput }) => readsInput && names.test(name));
    if (!interpreter) continue;
    if (rest.some((option) => interpreter.option.test(option))) return undefined;
    // With a file as argument, what is read is not the program.
    const isGivenNone = rest.every((option) => option.startsWith("-") || option === "/dev/stdin");
    if (rest.includes("-s") || isGivenNone) return { reader: name, help };
  }
  return undefined;
}

/** The words behind the host of `ssh`; `undefined` where there is no `ssh`. */
function remoteCommandOf(words: readonly Word[]): readonly Word[] | undefined {
  const ssh = words.findIndex(({ text }) => baseName(text) === "ssh");
  if (ssh === -1 || words.slice(0, ssh).some(({ text }) => text === "git" || text.startsWith("-e"))) return undefined;
  const given = words.slice(ssh + 1);
  const host = given.findIndex(({ text }, index) => {
    return !text.startsWith("-") && !SSH_OPTION_WITH_ARGUMENT.test(given[index - 1]?.text ?? "");
  });
  return host === -1 ? undefined : given.slice(host + 1);
}

function programsOfAwk(name: string, rest: readonly Word[]): readonly ProgramWords[] {
  if (!AWK.test(name)) return [];
  const isOptionArgument = (at: number) => /^-[vFf]$/.test(rest[at - 1]?.text ?? "");
  const program = rest.find(({ text }, at) => !text.startsWith("-") && !isOptionArgument(at));
  return program ? [{ code: "lower/reference-as-code", words: [program], reader: name, help: AWK_HELP }] : [];
}

function programsOfInterpreter(name: string, rest: readonly Word[]): readonly ProgramWords[] {
  const interpreter = INTERPRETERS.find(({ names }) => names.test(name));
  if (!interpreter) return [];
  const { help, joined, option } = interpreter;
  const shell = SHELL_NAMES.test(name) ? { shell: name } : {};
  const programOf = (word: Word, next: Word | undefined): readonly ProgramWords[] | undefined => {
    const start = option.test(word.text) ? undefined : joined?.exec(word.text)?.[0];
    const program = option.test(word.text) ? next : start && word;
    if (!program) return undefined;
    const reader = `${name} ${start ?? word.text}`;
    return [{ code: "lower/reference-as-code", words: [program], reader, help, ...shell }];
  };
  for (const [index, word] of rest.entries()) {
    const found = programOf(word, rest[index + 1]);
    if (found) return found;
  }
  return [];
}

function programsOfLanguage(name: string, rest: readonly Word[]): readonly ProgramWords[] {
  const language = LITTLE_LANGUAGES.find(({ names }) => names.test(name));
  if (!language) return [];
  const { help, option } = language;
  const given = rest.filter((_, at) => option?.test(rest[at - 1]?.text ?? ""));
  const first = rest.find(
    ({ text }, at) =>
      !text.startsWith("-") &&
      !/^--?(arg|argjson|argfile|v|variable)$/.test(rest[at - 1]?.text ?? "") &&
      !/^--(arg|argjson)$/.test(rest[at - 2]?.text ?? ""),
  );
  const takesFirst = given.length === 0 && /^(g?sed|jq|yq|gojq)$/.test(name);
  // sqlite3 takes a file and then statements.
  const statements = name === "sqlite3" ? rest.filter(({ text }) => !text.startsWith("-")).slice(1) : [];
  const words = [...given, ...(takesFirst && first ? [first] : []), ...statements];
  return [{ code: "lower/reference-in-program", words, reader: name, help }];
}

/** Name of the program of a path; `undefined` parts such as references give no name. */
export function baseName(path: string): string {
  return path.includes(REFERENCE_MARK) ? "" : path.slice(path.lastIndexOf("/") + 1);
}
