import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ActionType } from "../compiler/index.ts";
import { ACTION_FILE, type ActionTypeProblem, readActionType } from "./read-action-type.ts";

/** Directory of the action types that come with Sluice; its folders stand beside this file also in the built package. */
export const BUILT_IN_ACTIONS = new URL("./catalog/", import.meta.url);

/** What was found, and what could not be read. */
export interface LoadedActionTypes {
  /** By name, in the order in which they were found. */
  readonly types: ReadonlyMap<string, ActionType>;
  readonly problems: readonly ActionTypeProblem[];
}

/**
 * Reads the action types in `directories`, a folder each; a directory that holds an `action.yaml` itself is one type.
 * A type of a later directory replaces one of the same name. What cannot be read is left out and reported.
 * Synchronous: the constructors of a CDK application cannot wait, and elsewhere it is done once, at the start.
 */
export function loadActionTypes(directories: readonly string[]): LoadedActionTypes {
  const types = new Map<string, ActionType>();
  const problems: ActionTypeProblem[] = [];
  for (const directory of directories) {
    const found = actionFolders(directory);
    if (found instanceof Error) {
      problems.push({ file: directory, message: `The directory cannot be read: ${found.message}.` });
      continue;
    }
    const folderOf = new Map<string, string>();
    for (const folder of found) {
      const read = readActionType(folder);
      problems.push(...read.problems);
      if (read.type === undefined) {
        continue;
      }
      const { name } = read.type;
      const other = folderOf.get(name);
      if (other !== undefined) {
        const message = `"name" is "${name}", as in ${join(other, ACTION_FILE)}.`;
        problems.push({ file: join(folder, ACTION_FILE), key: "name", message });
        continue;
      }
      folderOf.set(name, folder);
      types.set(name, read.type);
    }
  }
  return { types, problems };
}

function actionFolders(directory: string): string[] | Error {
  if (existsSync(join(directory, ACTION_FILE))) {
    return [directory];
  }
  try {
    return readdirSync(directory)
      .sort()
      .map((entry) => join(directory, entry))
      .filter((folder) => existsSync(join(folder, ACTION_FILE)));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
