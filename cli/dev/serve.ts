import { resolve } from "node:path";
import type { Compilation } from "../../compiler/index.ts";
import { type BusEvent, type Installation, startInstallation } from "../../local/index.ts";
import { devFilePath, isServed, readDevFile, removeDevFile, writeDevFile } from "../api/dev-file.ts";
import { compileFile } from "../compile/compile-file.ts";
import { loadCompileContext } from "../compile-context.ts";
import type { CompileOptions } from "../compile-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { asUsageError } from "../run/cannot-run.ts";
import { readInputs } from "../run/inputs.ts";
import { UsageError } from "../usage-error.ts";
import { runLine } from "./run-line.ts";

/** Flags of `sluice dev`. */
export interface DevOptions extends CompileOptions {
  readonly port?: string;
  readonly inputs?: string;
  readonly config: readonly string[];
  readonly secret: readonly string[];
  readonly secretFile: readonly string[];
  readonly stateDir: string;
  /** Image of the agent for `--containers`; absent: built from this package. */
  readonly agentImage?: string;
}

/**
 * Serves an installation until a signal comes, and then ends everything that runs on it. Commands of the same directory
 * find it by a file in the state directory. Answers the exit code.
 */
export async function serve(files: readonly string[], options: DevOptions, io: Io): Promise<number> {
  const stateDirectory = resolve(io.cwd, options.stateDir);
  const port = readPort(options.port);
  const { configs } = readInputs({ ...options, param: [], env: [] }, io);
  const compiled = await compileAll(files, options, io);
  if (compiled === undefined) return EXIT.failed;
  refuseSecond(stateDirectory);
  const compileContext = await loadCompileContext(options, io);
  const signalled = Promise.withResolvers<void>();
  const stopListening = io.onSignal(() => signalled.resolve());
  const installation = await startInstallation({
    stateDirectory,
    executors: [...compileContext.executors.values()],
    configs,
    compileContext,
    containers: {
      onNotice: (text) => io.stderr.write(`${text}\n`),
      ...(options.agentImage !== undefined && { agentImage: options.agentImage }),
    },
    schedules: true,
    ...(port !== undefined && { port }),
  }).catch((error: unknown) => {
    stopListening();
    throw asUsageError(error) ?? error;
  });
  try {
    for (const { compilation } of compiled) await installation.deploy(compilation);
    const { endpoint, region, credentials } = installation;
    writeDevFile(stateDirectory, { endpoint, region, ...credentials, pid: process.pid });
    installation.onEvent((event: BusEvent) => {
      const line = runLine(event);
      if (line !== undefined) io.stderr.write(`${line}\n`);
    });
    io.stdout.write(greeting(installation, compiled, stateDirectory));
    await signalled.promise;
    io.stderr.write("Ending: whatever still runs is stopped.\n");
  } finally {
    stopListening();
    removeDevFile(stateDirectory, process.pid);
    await installation.stop();
  }
  return EXIT.ok;
}

interface CompiledFile {
  readonly file: string;
  readonly compilation: Compilation;
}

/** Undefined where one of them has an error; what is wrong has been said. */
async function compileAll(
  files: readonly string[],
  options: DevOptions,
  io: Io,
): Promise<readonly CompiledFile[] | undefined> {
  const compiled: CompiledFile[] = [];
  for (const file of files) {
    const { compilation } = await compileFile(file, options, io);
    if (compilation !== undefined) compiled.push({ file, compilation });
  }
  return compiled.length === files.length ? compiled : undefined;
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port ${text} is no port.`, "Ports are 1 to 65535; 0 is a free one.");
  return port;
}

/** Two in one directory would take each other's runs for their own. */
function refuseSecond(stateDirectory: string): void {
  const other = readDevFile(stateDirectory);
  if (other !== undefined && other.pid !== process.pid && isServed(other)) {
    throw new UsageError(
      `A sluice dev runs here already: process ${other.pid} at ${other.endpoint}.`,
      `Use that one, end it, or give another --state-dir. If there is none, remove ${devFilePath(stateDirectory)}.`,
    );
  }
}

/** What a person needs, and as it can be put into another shell. */
function greeting(
  { endpoint, region, credentials }: Installation,
  compiled: readonly CompiledFile[],
  stateDirectory: string,
): string {
  const deployed = compiled.map(({ file, compilation }) => `  deployed  ${compilation.plan.name} (${file})\n`).join("");
  return `Sluice serves its API at ${endpoint}
${deployed}  submit    sluice submit FILE   (also: runs, show, logs, cancel, inspect)
  end it    Ctrl-C

From another directory or another program:
  export SLUICE_ENDPOINT=${endpoint} AWS_REGION=${region}
  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}
Both stand in ${devFilePath(stateDirectory)}, which only you can read.
`;
}
