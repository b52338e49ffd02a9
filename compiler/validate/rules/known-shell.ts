import { nearNames } from "../../diagnostics/suggest.ts";
import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Rule } from "../rule-context.ts";

/**
 * `shell` names a program that reads a script from the file whose path stands behind it. Which programs a machine has
 * nobody knows before, so a name that is not one of the usual ones is a warning; a path is meant as it is.
 */
export const knownShell: Rule = ({ actions, collector }) => {
  for (const { action } of actions) {
    const { shell } = action;
    // References are told by another rule.
    if (!shell || action.disabled || /[{(]/.test(shell.value)) continue;
    const words = shell.value.split(/\s+/).filter((word) => word !== "");
    const right = rightSpelling(words);
    if (right === shell.value.trim()) continue;
    const fixes = right === undefined ? [] : [replaceBy(`Write "${right}"`, shell.span, right)];
    const near =
      right === undefined ? undefined : `Write "${right}": the path of the file with the commands is put behind it.`;
    collector.report("validate/unknown-shell", shell.span, { shell: shell.value }, { help: near, fixes });
  }
};

/** What was meant; the same where it is right, `undefined` where nothing like it is known. */
function rightSpelling([program = "", ...options]: readonly string[]): string | undefined {
  const [first, ...others] = options;
  const written = [program, ...options].join(" ");
  if (program.includes("/") || LAUNCHERS.has(program)) return written;
  // `python 3`; and what the commands stand in is a file.
  if (first !== undefined && /^\d[\d.]*$/.test(first)) return rightSpelling([program + first, ...others]);
  if (options.includes("-c") && isKnown(program))
    return [program, ...options.filter((option) => option !== "-c")].join(" ");
  if (isKnown(program)) return written;
  const lower = program.toLowerCase();
  const meant = isKnown(lower) ? lower : nearNames(program, INTERPRETERS)[0];
  return meant === undefined ? undefined : [meant, ...options].join(" ");
}

function isKnown(program: string): boolean {
  return INTERPRETERS.has(program.replace(/(?<=[a-z])\d*(\.\d+)*$/, ""));
}

/** Programs that start the one behind them. */
const LAUNCHERS: ReadonlySet<string> = new Set([
  "env",
  "busybox",
  "nice",
  "time",
  "timeout",
  "sudo",
  "xvfb-run",
  "npx",
  "uv",
]);

/** Programs that run the file whose path is put behind them; versions left off. */
const INTERPRETERS: ReadonlySet<string> = new Set([
  ...["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "pwsh", "nu"],
  ...[
    "python",
    "pypy",
    "node",
    "nodejs",
    "deno",
    "bun",
    "tsx",
    "ruby",
    "perl",
    "php",
    "lua",
    "tclsh",
    "expect",
    "Rscript",
  ],
  ...["groovy", "jshell", "julia", "guile", "make"],
]);
