import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT_IN_ACTIONS } from "../../actions/index.ts";
import { loadTypes } from "../compile-context.ts";
import type { Io } from "../io.ts";
import { actionListText, actionText, findActionType } from "./action-text.ts";

/** Prints all action types, or one with its documentation. An unknown name is a `UsageError`. */
export async function showActions(name: string | undefined, directories: readonly string[], io: Io): Promise<void> {
  const types = await loadTypes(directories, io);
  if (name === undefined) {
    io.stdout.write(actionListText(types));
    return;
  }
  const type = findActionType(name, types);
  const paths = [...directories.map((directory) => resolve(io.cwd, directory)), fileURLToPath(BUILT_IN_ACTIONS)];
  io.stdout.write(actionText(type, await readDocs(type.name, paths)));
}

/** The sections of the README beside a type's `action.yaml`; what stands above them says what `action.yaml` says. */
async function readDocs(name: string, directories: readonly string[]): Promise<string | undefined> {
  for (const directory of directories) {
    const text = await readFile(join(directory, name, "README.md"), "utf8").catch(() => undefined);
    const sections = text?.search(/^## /m) ?? -1;
    if (text !== undefined) return sections === -1 ? undefined : text.slice(sections).trim();
  }
  return undefined;
}
