import { randomBytes } from "node:crypto";
import { formatDiagnostics, type SourceFile } from "../../compiler/index.ts";
import { newRunId } from "../../functions/index.ts";
import { submittedRun } from "../api/answers.ts";
import type { ApiOptions } from "../api/api-options.ts";
import { connect } from "../api/connect.ts";
import { RefusedError } from "../api/errors.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { readInputs } from "../run/inputs.ts";
import { readSourceFile } from "../source-file.ts";
import { usesColor } from "../text/color.ts";
import { printJson } from "../text/print-json.ts";
import { UsageError } from "../usage-error.ts";
import { toDiagnostics } from "./remote-diagnostics.ts";
import { waitForRun } from "./wait-for-run.ts";

/** Flags of `sluice submit`. */
export interface SubmitOptions extends ApiOptions {
  readonly pipeline?: string;
  readonly inputs?: string;
  readonly param: readonly string[];
  readonly env: readonly string[];
  readonly idempotencyKey?: string;
  readonly wait: boolean;
}

/** Submits a file, or a run of a deployed pipeline, and waits for its end if that is wanted. Answers the exit code. */
export async function submitRun(file: string | undefined, options: SubmitOptions, io: Io): Promise<number> {
  if ((file === undefined) === (options.pipeline === undefined)) {
    throw new UsageError(
      "Give either a file or --pipeline NAME.",
      "Deployed pipelines have names, files are compiled.",
    );
  }
  const { params, envs } = readGiven(options, io);
  const source = file === undefined ? undefined : readSourceFile(file, io.cwd);
  const client = connect(options, io);
  const body = {
    ...(source === undefined ? { pipeline: options.pipeline } : { yaml: source.text, file: source.name }),
    params,
    envs,
    // A request that is sent again after a fault of the network must not make a second run.
    idempotencyKey: options.idempotencyKey ?? newRunId({ clock: io.clock, random: (bytes) => randomBytes(bytes) }),
  };
  try {
    const run = await client.post(["runs"], submittedRun, body);
    tell(run.diagnostics, source, io);
    if (options.wait) return await waitForRun(client, run.runId, options, io);
    if (options.format === "json") printJson(io, run);
    else io.stdout.write(`${run.runId}\n`);
    io.stderr.write(`Follow it with: sluice logs -f ${run.runId}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof RefusedError) || error.problem.diagnostics === undefined) throw error;
    if (options.format === "json") printJson(io, error.problem);
    tell(error.problem.diagnostics, source, io);
    return EXIT.failed;
  }
}

/** Configs and secrets are the installation's: what a file for `sluice run` says of them is refused. */
function readGiven(options: SubmitOptions, io: Io): ReturnType<typeof readInputs> {
  const given = readInputs({ ...options, config: [], secret: [], secretFile: [] }, io);
  const [config] = given.configs;
  if (config !== undefined) {
    throw new UsageError(
      `The inputs file gives "${config.key}", but configs and secrets are never submitted.`,
      "They stand in the installation's Parameter Store, or are given to sluice dev.",
    );
  }
  return given;
}

/** What the compiler of the installation says, as the one here would. */
function tell(diagnostics: Parameters<typeof toDiagnostics>[0], source: SourceFile | undefined, io: Io): void {
  if (diagnostics.length === 0 || source === undefined) return;
  const text = formatDiagnostics(toDiagnostics(diagnostics, source), { color: usesColor(io.stderr, io.env) });
  io.stderr.write(`${text.trimEnd()}\n\n`);
}
