import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { workDirectory } from "./environment.ts";
import { type Layout, placeRoot } from "./layout.ts";
import { programPrelude } from "./program-prelude.ts";
import type { Assignment } from "./protocol.ts";
import { shellAssignment, shellQuote } from "./shell-quote.ts";

/** Names below `scripts/`. */
const SCRIPT_FILES = {
  /** What is started: goes to the work directory, runs the two scripts. */
  entry: "entry",
  type: "action",
  /** The user's commands, byte for byte, so that line numbers in error messages are the author's own. */
  commands: "commands",
  /** Reads `variables`, then `commands`, in one shell or one program of Python. */
  prelude: "prelude",
  /** Reads `variables`. Without this ending Node.js would look for a package.json to tell what kind of module it is. */
  nodePrelude: "prelude.cjs",
  variables: "variables",
  /** The environment as `export` lines, for the container `main`, whose processes the agent does not start itself. */
  environment: "environment",
} as const;

/** Writes the attempt's scripts; answers the path of the one to start with `sh`. */
export async function writeScripts(
  layout: Layout,
  assignment: Assignment,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const path = (name: keyof typeof SCRIPT_FILES) => join(layout.scripts, SCRIPT_FILES[name]);
  const write = async (name: keyof typeof SCRIPT_FILES, text: string) => {
    await writeFile(path(name), text, { mode: layout.modes.file });
    await chmod(path(name), layout.modes.file);
  };
  const entry = [`cd ${shellQuote(workDirectory(layout, assignment))} || exit 125`];
  if (layout.modes.file !== 0o600) {
    const lines = Object.entries(environment).map(([name, value]) => shellAssignment(name, value, "export "));
    await write("environment", `${lines.join("\n")}\n`);
    entry.unshift(`. ${shellQuote(path("environment"))}`);
  }
  if (assignment.typeScript !== undefined) {
    await write("type", assignment.typeScript);
    const last = assignment.script === undefined;
    entry.push(`${last ? "exec " : ""}sh -e ${shellQuote(path("type"))}${last ? "" : " || exit $?"}`);
  }
  if (assignment.script !== undefined) {
    await write("commands", assignment.script);
    const start = await writePrelude(layout, assignment, path, write);
    entry.push(`exec ${[...assignment.shell, ...start].map(shellQuote).join(" ")}`);
  }
  await write("entry", `${entry.join("\n")}\n`);
  return path("entry");
}

type ScriptFile = keyof typeof SCRIPT_FILES;

/** Writes what sets the variables before the commands start; answers the arguments of the interpreter. */
async function writePrelude(
  layout: Layout,
  { language, variables }: Assignment,
  path: (name: ScriptFile) => string,
  write: (name: ScriptFile, text: string) => Promise<void>,
): Promise<readonly string[]> {
  if (variables.length === 0) return [path("commands")];
  const placed = variables.map(({ name, value }) => ({ name, value: placeRoot(layout, value) }));
  if (language !== undefined) {
    await write("variables", JSON.stringify(Object.fromEntries(placed.map(({ name, value }) => [name, value]))));
    const file = language === "node" ? "nodePrelude" : "prelude";
    const files = { prelude: path(file), variables: path("variables"), commands: path("commands") };
    const prelude = programPrelude(language, files);
    await write(file, prelude.text);
    return prelude.arguments;
  }
  const lines = placed.map(({ name, value }) => shellAssignment(name, value));
  await write("variables", `${lines.join("\n")}\n`);
  await write("prelude", `. ${shellQuote(path("variables"))}\n. ${shellQuote(path("commands"))}\n`);
  return [path("prelude")];
}
