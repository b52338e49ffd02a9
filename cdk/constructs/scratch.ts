import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const directories = new Set<string>();

/** A new empty directory for what CDK takes from files only; it copies them at once, and they go with the process. */
export function scratchDirectory(): string {
  if (directories.size === 0) process.once("exit", removeScratchDirectories);
  const directory = mkdtempSync(join(tmpdir(), "sluice-synth-"));
  directories.add(directory);
  return directory;
}

/** Takes every scratch directory of this process away; for a process that is ended without its exit being told. */
export function removeScratchDirectories(): void {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  directories.clear();
}
