import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseMetafile } from "../../../agent/outputs/metadata.ts";

export interface TypeScriptRun {
  readonly exitCode: number;
  readonly log: string;
  readonly outputs: { readonly [name: string]: unknown };
  /** The work directory; removed with the run. */
  readonly directory: string;
}

/** Runs the script of a built-in action type as the agent does: `sh -e`, in a directory of its own. */
export async function runTypeScript(
  type: string,
  params: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<TypeScriptRun & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), "sluice-type-"));
  const directory = join(root, "work");
  for (const path of [directory, join(root, "home"), join(root, "tmp")]) {
    await mkdir(path);
  }
  await writeFile(join(root, "metafile"), "");
  const script = fileURLToPath(new URL(`../../../actions/catalog/${type}/run.sh`, import.meta.url));
  const variables = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [`ACTION_${name.toUpperCase()}`, value]),
  );
  const env = {
    PATH: process.env["PATH"],
    HOME: join(root, "home"),
    TMPDIR: join(root, "tmp"),
    WORKDIR: directory,
    METAFILE: join(root, "metafile"),
    ...variables,
    ...environment,
  };
  const [exitCode, log] = await new Promise<[number, string]>((resolve) => {
    execFile("sh", ["-e", script], { cwd: directory, env }, (error, stdout, stderr) => {
      resolve([error === null ? 0 : Number(error.code), stdout + stderr]);
    });
  });
  const entries = parseMetafile(await readFile(join(root, "metafile"), "utf8"), true);
  return {
    exitCode,
    log,
    outputs: Object.fromEntries(entries.map(({ name, value }) => [name, value])),
    directory,
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Runs git in a test's repository, with a fixed author and clock. */
export function git(directory: string, ...args: string[]): string {
  const person = (role: string) => ({
    [`GIT_${role}_NAME`]: role === "AUTHOR" ? "Ada Shop" : "Charles Depot",
    [`GIT_${role}_EMAIL`]: "shop@example.com",
    [`GIT_${role}_DATE`]: "2026-01-02T03:04:05Z",
  });
  const env = { PATH: process.env["PATH"], HOME: directory, ...person("AUTHOR"), ...person("COMMITTER") };
  const result = spawnSync("git", ["-C", directory, ...args], { env, encoding: "utf8" });
  if (result.status !== 0) {
    throw new Error(`git ${args.join(" ")}: ${result.stderr}`);
  }
  return result.stdout.trim();
}
