import { execFile } from "node:child_process";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { PreparationError } from "./preparation-error.ts";
import { type Assignment, ATTEMPT_FOLDERS, ATTEMPT_ROOT_MARK, METAFILE, PRIVATE_FOLDERS } from "./protocol.ts";
import type { AgentSettings } from "./settings.ts";

/** Every path below the attempt's root. */
export interface Layout {
  readonly root: string;
  /** `CONTEXTDIR`: one directory per namespace. */
  readonly context: string;
  /** `METAFILE` stands here. */
  readonly metadata: string;
  readonly metafile: string;
  /** `UPLOADDIR` */
  readonly uploads: string;
  readonly configs: string;
  /** `HOME` of the scripts: private, so that no file of the host's user takes part. */
  readonly home: string;
  /** `TMPDIR` of the scripts. */
  readonly temporary: string;
  readonly scripts: string;
  /** Archives on their way into the store. */
  readonly archives: string;
  /** Named pipes between the agent and the container `main`. */
  readonly exchange: string;
  /** Modes of what the agent writes: private, or open to whatever user the image of `main` has. */
  readonly modes: { readonly directory: number; readonly file: number };
}

/** Where everything of one attempt stands. */
export function attemptLayout({ root, runner }: Pick<AgentSettings, "root" | "runner">): Layout {
  return {
    root,
    context: join(root, ATTEMPT_FOLDERS.context),
    metadata: join(root, "metadata"),
    metafile: join(root, METAFILE),
    uploads: join(root, "uploads"),
    configs: join(root, ATTEMPT_FOLDERS.configs),
    home: join(root, "home"),
    temporary: join(root, "tmp"),
    scripts: join(root, "scripts"),
    archives: join(root, "archives"),
    exchange: join(root, "exchange"),
    modes: runner === "process" ? { directory: 0o700, file: 0o600 } : { directory: 0o777, file: 0o644 },
  };
}

/** Directory of a namespace. Throws `PreparationError` for a key that is not one safe path segment. */
export function contextDirectory(layout: Layout, key: string): string {
  return join(layout.context, safeSegment(key));
}

/** Answers `name` when it is one path segment that can neither climb nor hide; throws `PreparationError` otherwise. */
export function safeSegment(name: string): string {
  if (!/^[A-Za-z0-9_.-]{1,255}$/.test(name) || name === "." || name === "..") {
    throw new PreparationError(`"${name}" is not a safe name of a file or directory.`);
  }
  return name;
}

/** Makes the attempt's directories, empty where an earlier try left something behind. */
export async function makeDirectories(layout: Layout, assignment: Assignment): Promise<void> {
  const fixed = [layout.metadata, layout.uploads, layout.configs, layout.home, layout.temporary, layout.scripts];
  const restored = new Set(assignment.restores.map((restore) => restore.key));
  const own = assignment.directories.filter((directory) => !restored.has(directory.key));
  const contexts = own.map((directory) => contextDirectory(layout, directory.key));
  for (const path of [layout.context, layout.archives, layout.exchange, ...fixed]) {
    await rm(path, { recursive: true, force: true });
  }
  for (const path of [layout.root, layout.context, layout.archives, layout.exchange, ...fixed, ...contexts]) {
    await mkdir(path, { recursive: true, mode: layout.modes.directory });
    await chmod(path, layout.modes.directory);
  }
}

/** Removes what may hold a secret, and what nobody reads after the attempt. Directories stay. */
export async function removePrivateFiles(layout: Layout): Promise<void> {
  for (const folder of PRIVATE_FOLDERS) {
    await removeTree(join(layout.root, folder));
  }
}

/** Removes also what the scripts have protected: Go makes the directories of its module cache read-only. */
async function removeTree(path: string): Promise<void> {
  const remove = () => rm(path, { recursive: true, force: true });
  await remove().catch(async () => {
    await promisify(execFile)("chmod", ["-R", "u+rwX", path]);
    await remove();
  });
}

/** Replaces the mark that stands for the attempt's root in values by the root itself. */
export function placeRoot(layout: Layout, value: string): string {
  return value.replaceAll(ATTEMPT_ROOT_MARK, layout.root);
}
