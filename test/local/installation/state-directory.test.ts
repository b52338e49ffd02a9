import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { InvalidStateDirectoryError, openStateDirectory } from "../../../local/installation/state-directory.ts";

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sluice-state-"));
  await writeFile(join(root, "file"), "shop");
});
afterAll(() => rm(root, { recursive: true, force: true }));

test("is made with everything above it, for its owner alone, and opened again", async () => {
  const directory = join(root, "shop", "state");
  expect(await Promise.all([openStateDirectory(directory), openStateDirectory(directory)])).toEqual([
    directory,
    directory,
  ]);
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect(await readFile(join(directory, ".gitignore"), "utf8")).toBe("*\n");
  expect(await openStateDirectory(directory)).toBe(directory);
});

test("of somebody else gets nothing of ours", async () => {
  expect(await openStateDirectory(root)).toBe(root);
  expect(await readdir(root)).not.toContain(".gitignore");
});

test.each(["file", "file/state"])("%s cannot be one", async (path) => {
  const opened = openStateDirectory(join(root, path));
  await expect(opened).rejects.toThrow(InvalidStateDirectoryError);
  await expect(opened).rejects.toThrow(/cannot be used: it is, or lies below, a file\.$/);
});

test.runIf(process.platform === "linux")("where no directory can be made, it says so and ends", async () => {
  await expect(openStateDirectory("/proc/sluice")).rejects.toThrow(
    /^The state directory "\/proc\/sluice" cannot be used/,
  );
});
