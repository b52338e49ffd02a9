import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const run = promisify(execFile);
const LAUNCHER = resolve("bin/sluice");
const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const folder = mkdtempSync(join(tmpdir(), "sluice-launcher-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A PATH on which `node` is a program that only says that it is Node 20. */
function pathWithNode20(): string {
  const directory = mkdtempSync(join(folder, "path-"));
  writeFileSync(join(directory, "node"), "#!/bin/sh\necho v20.20.2\n");
  chmodSync(join(directory, "node"), 0o755);
  return `${directory}:/usr/bin:/bin`;
}

test("the command runs on the Node of the package, from any directory and through links", async () => {
  const elsewhere = mkdtempSync(join(folder, "elsewhere-"));
  mkdirSync(join(elsewhere, "bin"));
  symlinkSync(LAUNCHER, join(elsewhere, "bin", "first"));
  symlinkSync("first", join(elsewhere, "bin", "sluice"));

  const { stdout } = await run("bin/sluice", ["--version"], { cwd: elsewhere, env: { PATH: pathWithNode20() } });

  expect(stdout.trim()).toBe(version);
});

test("the exit code is the command's own", async () => {
  await expect(run(LAUNCHER, ["no-such-command"], { env: { PATH: pathWithNode20() } })).rejects.toMatchObject({
    code: 2,
  });
});

test("output that cannot be written is said, and is no bug of ours", async () => {
  const child = execFile("sh", ["-c", `"$0" graph examples/shop/pipeline.yaml >/dev/full`, LAUNCHER]);
  let said = "";
  child.stderr?.on("data", (data) => {
    said += data;
  });
  const [code] = await once(child, "close");
  expect(said).toBe("error: The output could not be written (ENOSPC: no space left on device, write).\n");
  expect(code).toBe(2);
});

test("a signal to the command reaches it: Ctrl-C ends a run with 130", async () => {
  const directory = mkdtempSync(join(folder, "shop-"));
  writeFileSync(
    join(directory, "pipeline.yaml"),
    "version: 1.1\nstages:\n- stage:\n  - custom-script:\n      alias: bake\n      commands: echo in the oven; sleep 60\n",
  );
  const child = spawn(LAUNCHER, ["run", "pipeline.yaml"], { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.on("exit", (code, signal) => done({ code, signal })));
  let output = "";
  const baking = new Promise<void>((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
        if (output.includes("in the oven")) done();
      });
    }
  });

  await Promise.race([baking, ended]);
  child.kill("SIGINT");

  expect(await ended, output).toEqual({ code: 130, signal: null });
});

test("where there is no Node 24 the command says what to do", async () => {
  const directory = mkdtempSync(join(folder, "alone-"));
  mkdirSync(join(directory, "bin"));
  copyFileSync(LAUNCHER, join(directory, "bin", "sluice"));

  await expect(run(join(directory, "bin", "sluice"), [], { env: { PATH: pathWithNode20() } })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Node 24 or newer is needed \(found: v20\.20\.2\)[\s\S]*npm rebuild node/),
  });
});
