import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const devFile = z.object({
  endpoint: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  /** Process that serves it. */
  pid: z.int(),
});

/** Where `sluice dev` is, and the key pair that it has made up at its start. */
export type DevFile = Readonly<z.infer<typeof devFile>>;

/** Path of the file by which commands find the `sluice dev` of a state directory. */
export function devFilePath(stateDirectory: string): string {
  return join(stateDirectory, "dev.json");
}

/** Writes the file for this user alone: who can read it can run commands here. */
export function writeDevFile(stateDirectory: string, content: DevFile): void {
  // An older file would keep its mode.
  rmSync(devFilePath(stateDirectory), { force: true });
  writeFileSync(devFilePath(stateDirectory), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: "wx" });
}

/** Takes the file away if it is still this process's. */
export function removeDevFile(stateDirectory: string, pid: number): void {
  if (readDevFile(stateDirectory)?.pid === pid) rmSync(devFilePath(stateDirectory), { force: true });
}

/** Reads the file; `undefined` where there is none, or something else. */
export function readDevFile(stateDirectory: string): DevFile | undefined {
  try {
    return devFile.parse(JSON.parse(readFileSync(devFilePath(stateDirectory), "utf8")));
  } catch {
    return undefined;
  }
}

/** Whether the process that wrote the file is there: a `kill -9` leaves the file behind. */
export function isServed({ pid }: DevFile): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process cannot be asked, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
