import { constants } from "node:fs";
import { access, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** Nothing can be kept in the state directory. */
export class InvalidStateDirectoryError extends Error {
  override readonly name = "InvalidStateDirectoryError";
}

/**
 * Makes the directory, private to this user, and answers its absolute path.
 * @throws {InvalidStateDirectoryError} it is no directory, cannot be made, or nothing can be written into it
 */
export async function openStateDirectory(path: string): Promise<string> {
  const directory = resolve(path);
  try {
    const isNew = await makeDirectory(directory);
    await access(directory, constants.W_OK | constants.X_OK);
    // It often lies in a repository; what somebody else has made is left as it is.
    if (isNew) await writeFile(join(directory, ".gitignore"), "*\n");
  } catch (cause) {
    throw new InvalidStateDirectoryError(`The state directory "${path}" cannot be used: ${reasonOf(cause)}.`, {
      cause,
    });
  }
  return directory;
}

/** Step by step: `recursive: true` never ends in places such as /proc, where a directory that exists takes no new one. Answers whether it is new. */
async function makeDirectory(directory: string): Promise<boolean> {
  const found = await stat(directory).catch(ignoreMissing);
  if (found === undefined) {
    await makeDirectory(dirname(directory));
    return await mkdir(directory, { mode: 0o700 }).then(() => true, ignoreExisting);
  }
  if (!found.isDirectory()) throw Object.assign(new Error(directory), { code: "ENOTDIR" });
  return false;
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

/** Another command made it meanwhile. */
function ignoreExisting(error: unknown): false {
  if (codeOf(error) !== "EEXIST") throw error;
  return false;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the file system is read-only"],
  ["ENOTDIR", "it is, or lies below, a file"],
  ["ENOSPC", "no space is left"],
  ["ENOENT", "it cannot be made there"],
]);

function reasonOf(error: unknown): string {
  return REASONS.get(codeOf(error)) ?? String(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
