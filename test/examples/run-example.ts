import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../../cli/program.ts";
import type { RunJson } from "../../cli/run/run-json.ts";
import { recordedIo } from "../cli/io.ts";

export interface ExampleRun {
  readonly code: number;
  readonly run: RunJson;
  readonly stderr: string;
}

/** Runs `examples/<name>` as a user would, in a folder of its own; answers its one JSON object. */
export async function runExample(
  name: string,
  options: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ExampleRun> {
  const file = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), "sluice-example-"));
  try {
    const io = recordedIo({ cwd: folder, env: { ...process.env, ...options.env } });
    const code = await main(["run", file, "--format", "json", ...(options.args ?? [])], io);
    if (io.out() === "") throw new Error(`nothing on stdout (exit ${code}):\n${io.err()}`);
    return { code, run: JSON.parse(io.out()) as RunJson, stderr: io.err() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `name status` of every action, in the order of the file. */
export function endings(run: RunJson): readonly string[] {
  return run.actions.map(({ name, status }) => `${name} ${status}`);
}
