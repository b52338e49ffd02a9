/** Interpreter of an action's commands. `dialect` is `undefined` where it is no shell whose quoting Sluice knows. */
export interface Shell {
  /** The script's path is appended. */
  readonly argv: readonly string[];
  readonly dialect: ShellDialect | undefined;
}

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
  if (argv.length === 0) return { argv: ["sh", "-e"], dialect: "posix" };
  const program = argv.find((word, index) => !(index < argv.length - 1 && LAUNCHERS.has(baseName(word)))) ?? "";
  const dialect = DIALECTS.get(baseName(program));
  const bare = argv.at(-1) === program;
  return { argv: dialect !== undefined && bare ? [...argv, "-e"] : argv, dialect };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
