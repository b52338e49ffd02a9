/** Interpreter of an action's commands. */
export interface Shell {
  /** The script's path is appended. */
  readonly argv: readonly string[];
  /** `undefined` where it is no shell whose quoting Sluice knows. */
  readonly dialect: ShellDialect | undefined;
  /** The language of its programs; `undefined` for a shell, and where Sluice does not know it. */
  readonly language: ProgramLanguage | undefined;
}

/** Languages in which references become variables. */
export type ProgramLanguage = "python" | "node";

/** `bash` stands for the shells that know `$'…'` everywhere; `posix` for those of which some do not. */
export type ShellDialect = "posix" | "bash";

const DIALECTS: ReadonlyMap<string, ShellDialect> = new Map([
  ["sh", "posix"],
  ["dash", "posix"],
  ["ash", "posix"],
  ["bash", "bash"],
  ["ksh", "bash"],
  ["zsh", "bash"],
]);

/** Programs that run the shell named after them. */
const LAUNCHERS: ReadonlySet<string> = new Set(["env", "busybox"]);

/**
 * Reads an action's `shell:`; absent is `sh -e`. A known shell without options gets `-e`, so that a failing command
 * fails the action whatever shell was chosen. Words are cut at spaces; there is no quoting in `shell:`.
 */
export function shellOf(shell: string | undefined): Shell {
  const argv = (shell ?? "sh").split(/\s+/).filter((word) => word !== "");
  const program = argv.find((word, index) => !(index < argv.length - 1 && LAUNCHERS.has(baseName(word))));
  if (program === undefined) return { argv: ["sh", "-e"], dialect: "posix", language: undefined };
  const dialect = DIALECTS.get(baseName(program));
  const bare = argv.at(-1) === program;
  const language = languageOf(baseName(program), argv);
  return { argv: dialect !== undefined && bare ? [...argv, "-e"] : argv, dialect, language };
}

/** `undefined` also where an option names another program than the script: `python3 -m pytest`. */
function languageOf(program: string, argv: readonly string[]): ProgramLanguage | undefined {
  if (argv.some((word) => /^(-[cmep]|--eval|--print)$/.test(word))) return undefined;
  if (/^python(3(\.\d+)?)?$/.test(program)) return "python";
  return /^node(js)?$/.test(program) ? "node" : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
