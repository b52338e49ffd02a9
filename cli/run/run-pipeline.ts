import { relative, resolve } from "node:path";
import { type Compilation, diagnosticsToJson } from "../../compiler/index.ts";
import { type ActionView, type RunView, SHORTEST_SECRET_CHARACTERS } from "../../functions/index.ts";
import type { SavedFiles } from "../../local/index.ts";
import { compileFile } from "../compile/compile-file.ts";
import type { CompileOptions } from "../compile-options.ts";
import { EXIT, SIGNAL_EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../text/color.ts";
import { printJson } from "../text/print-json.ts";
import { followRun } from "./follow-run.ts";
import { type InputOptions, readInputs, unmaskedSecrets } from "./inputs.ts";
import { createLiveView } from "./live-view.ts";
import { describeMissingConfigs, missingConfigs } from "./missing-configs.ts";
import { createPlainView } from "./plain-view.ts";
import { runToJson } from "./run-json.ts";
import { renderSummary } from "./summary.ts";

/** Flags of `sluice run`, as commander gives them. */
export interface RunOptions extends CompileOptions, InputOptions {
  readonly stateDir: string;
  /** Image of the agent for `--containers`; absent: built from this package. */
  readonly agentImage?: string;
  readonly format: "text" | "json";
}

/**
 * Compiles `file` and runs it on an installation of its own in the state directory: the same machine, the same
 * functions and the same SDK calls as on AWS. Progress goes to stderr, the result to stdout. Answers the exit code.
 */
export async function runPipeline(file: string, options: RunOptions, io: Io): Promise<number> {
  const inputs = readInputs(options, io);
  const { compilation, diagnostics, context } = await compileFile(file, options, io, {
    quiet: options.format === "json",
  });
  if (compilation === undefined) {
    if (options.format === "json") printJson(io, { diagnostics: diagnosticsToJson(diagnostics) });
    return EXIT.failed;
  }
  const given = new Set(inputs.configs.map(({ key }) => key));
  for (const key of unmaskedSecrets(inputs)) {
    io.stderr.write(
      `warning: The secret "${key}" has less than ${SHORTEST_SECRET_CHARACTERS} characters, so it is not masked in logs.\n`,
    );
  }
  io.stderr.write(describeMissingConfigs(missingConfigs(compilation.plan, given), given));

  const view = io.stderr.isTty
    ? createLiveView(io.stderr, io.clock, paintFor(io.stderr, io.env))
    : createPlainView(io.stderr);
  try {
    const followed = await followRun({
      compilation,
      context,
      inputs,
      stateDirectory: resolve(io.cwd, options.stateDir),
      ...(options.agentImage !== undefined && { agentImage: options.agentImage }),
      view,
      io,
    });
    if (followed.run === undefined) io.stderr.write("Killed before the run had ended.\n");
    else {
      const durationMs = Math.max(0, followed.endedAt - followed.startedAt);
      const logFileOf = (action: ActionView) => followed.logFileOf(action);
      if (options.format === "json") printJson(io, runToJson(followed.run, durationMs, logFileOf, followed.fileOf));
      else printSummary(followed.run, compilation, { durationMs, file, logFileOf, fileOf: followed.fileOf }, io);
    }
    if (followed.signal !== undefined && followed.run?.status !== "succeeded") return SIGNAL_EXIT[followed.signal];
    return followed.run?.status === "succeeded" ? EXIT.ok : EXIT.failed;
  } finally {
    view.close();
  }
}

function printSummary(
  run: RunView,
  { plan, report }: Compilation,
  details: {
    readonly durationMs: number;
    readonly file: string;
    readonly logFileOf: (action: ActionView) => string | undefined;
    readonly fileOf: SavedFiles;
  },
  io: Io,
): void {
  const lines = new Map(report.actions.map(({ key, line }) => [key, line]));
  const shorten = (path: string | undefined) => {
    if (path === undefined) return undefined;
    const short = relative(io.cwd, path);
    return short.startsWith("..") ? path : short;
  };
  io.stdout.write(
    renderSummary(run, {
      paint: paintFor(io.stdout, io.env),
      durationMs: details.durationMs,
      declaredOutputs: plan.outputs.map(({ name }) => name),
      placeOf: (key) => `${details.file}:${lines.get(key) ?? 1}`,
      logFileOf: (action) => shorten(details.logFileOf(action)),
      fileOf: (actionKey, name) => shorten(details.fileOf(actionKey, name)),
    }),
  );
}
