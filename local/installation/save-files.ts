import { createWriteStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isFileName } from "../../agent/protocol.ts";
import type { ActionView, RunView } from "../../functions/index.ts";
import type { ObjectStore } from "../objects/object-store.ts";

/** One file that an action has left. */
type ActionFile = NonNullable<ActionView["files"]>[number];

/** Absolute path of a copy of an action's file; `undefined` where the object store does not have it. */
export type SavedFiles = (actionKey: string, name: string) => string | undefined;

/**
 * Puts a copy of every file that a run's actions have left where a person finds it by its name:
 * `<stateDirectory>/runs/<runId>/files/<action key>/<name>`. A copy appears as a whole, and is written anew when this is
 * called again.
 */
export async function saveFiles(store: ObjectStore, stateDirectory: string, run: RunView): Promise<SavedFiles> {
  const saved = new Map<string, string>();
  const home = join(stateDirectory, "runs", run.runId, "files");
  for (const { key, files = [] } of run.actions) {
    for (const file of files) {
      const path = await saveFile(store, home, key, file);
      if (path !== undefined) saved.set(`${key}/${file.name}`, path);
    }
  }
  return (actionKey, name) => saved.get(`${actionKey}/${name}`);
}

async function saveFile(
  store: ObjectStore,
  home: string,
  actionKey: string,
  { name, objectKey }: ActionFile,
): Promise<string | undefined> {
  const object = isFileName(name) ? await store.get(objectKey) : undefined;
  if (object === undefined) return undefined;
  const directory = join(home, actionKey);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // The key of an action holds no dot, so this is no action's directory.
  const arriving = join(home, ".arriving");
  await pipeline(object.content, createWriteStream(arriving, { mode: 0o600 }));
  const path = join(directory, name);
  await rename(arriving, path);
  return path;
}
