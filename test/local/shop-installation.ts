import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../actions/index.ts";
import { type Compilation, type CompileContext, compile, formatDiagnostics } from "../../compiler/index.ts";
import { type Installation, type InstallationOptions, startInstallation } from "../../local/index.ts";

const EXECUTORS = [{ name: "process", kind: "process" }] as const;

/** An installation in a directory of its own, with the built-in action types and processes of this machine. */
export async function startShop(options: Partial<InstallationOptions> = {}): Promise<{
  readonly installation: Installation;
  readonly stateDirectory: string;
  /** Compiles, deploys and submits; a pipeline that does not compile is an error with its diagnostics. */
  run(name: string, text: string, params?: Readonly<Record<string, string>>): Promise<string>;
  compile(name: string, text: string): Compilation;
  stop(): Promise<void>;
}> {
  const stateDirectory = await mkdtemp(join(tmpdir(), "sluice-shop-"));
  const { types } = loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]);
  const context: CompileContext = {
    actionTypes: types,
    kinds: EXECUTOR_KINDS,
    executors: new Map(EXECUTORS.map((executor) => [executor.name, executor])),
    defaultExecutor: "process",
  };
  const installation = await startInstallation({
    stateDirectory,
    executors: EXECUTORS,
    configs: [],
    ...options,
  }).catch(async (error: unknown) => {
    await rm(stateDirectory, { recursive: true, force: true });
    throw error;
  });
  const compileText = (name: string, text: string) => {
    const { compilation, diagnostics } = compile({ name, text }, context);
    if (compilation === undefined) throw new Error(formatDiagnostics(diagnostics, { color: false }));
    return compilation;
  };
  return {
    installation,
    stateDirectory,
    compile: compileText,
    async run(name, text, params = {}) {
      const compilation = compileText(name, text);
      await installation.deploy(compilation);
      const { runId } = await installation.submit({ pipeline: compilation.plan.pipeline, params });
      return runId;
    },
    async stop() {
      await installation.stop();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}
