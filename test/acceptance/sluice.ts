import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../../bin/sluice", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** The command as a user has it: its own process, its own folder. */
export interface Started {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  /** Resolves when stdout or stderr holds `text`. */
  until(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

export interface Options {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function startSluice(args: readonly string[], options: Options): Started {
  const began = performance.now();
  const child = spawn(LAUNCHER, args, {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const watchers = new Set<() => void>();
  const seen = () => {
    for (const watcher of [...watchers]) watcher();
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    seen();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
    seen();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr, milliseconds: Math.round(performance.now() - began) }));
  });
  return {
    pid: child.pid ?? -1,
    finished,
    signal: (name) => child.kill(name),
    until: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!stdout.includes(text) && !stderr.includes(text)) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
        finished.then(() => reject(new Error(`ended without "${text}":\n${stdout}\n${stderr}`)), reject);
      }),
  };
}

export async function sluice(args: readonly string[], options: Options): Promise<Finished> {
  return await startSluice(args, options).finished;
}

/** A folder of its own with the given files; removed by `await using`. */
export async function folder(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "sluice-acceptance-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface RunJson {
  readonly runId: string;
  readonly status: string;
  readonly durationMs: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly actions: readonly ActionJson[];
}

export interface ActionJson {
  readonly name: string;
  readonly status: string;
  readonly attempts: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly error?: { readonly name: string; readonly message: string; readonly exitCode?: number };
  readonly logFile?: string;
}

/** Runs `pipeline` with `--format json` and reads its one object. */
export async function runJson(
  pipeline: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly run: RunJson; readonly finished: Finished }> {
  await using where = await folder({ "pipeline.yaml": pipeline });
  const finished = await sluice(["run", "pipeline.yaml", "--format", "json", ...args], { cwd: where.path, env });
  try {
    return { run: JSON.parse(finished.stdout) as RunJson, finished };
  } catch {
    throw new Error(`no JSON on stdout (exit ${finished.code}):\n${finished.stdout}\n${finished.stderr}`);
  }
}

export function actionOf(run: RunJson, name: string): ActionJson {
  const found = run.actions.find((action) => action.name === name);
  if (found === undefined) throw new Error(`no action "${name}" in ${JSON.stringify(run.actions.map((a) => a.name))}`);
  return found;
}
