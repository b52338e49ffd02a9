import type { Command } from "commander";
import { addCompileOptions } from "../compile-options.ts";
import type { DevOptions } from "../dev/serve.ts";
import type { Io } from "../io.ts";
import { repeatable } from "../options.ts";

/** `sluice dev [FILE...]`: keeps an installation running on this machine. */
export function addDevCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addCompileOptions(program.command("dev"))
    .description("Keep an installation running on this machine, with its API and crons. Ctrl-C ends it and its runs.")
    .argument("[file...]", "pipelines to deploy at the start; their crons start runs")
    .option("--port <n>", "port of 127.0.0.1; a free one without it")
    .option("--inputs <file>", "YAML or JSON with configs and secrets; the options below win over it")
    .addOption(repeatable("--config <key=value>", "a config, read as ((key)) or ${{ configs.key }}"))
    .addOption(
      repeatable("--secret <name>", "a secret, read like a config; its value is the environment variable NAME"),
    )
    .addOption(repeatable("--secret-file <key=path>", "a secret file; ((key)) is its path in the action"))
    .option("--containers", "run the actions in containers, with podman or docker; without it, as processes")
    .option("--agent-image <image>", "image of the agent beside each container; built from this package without it")
    .option("--state-dir <dir>", "where runs, logs and objects are kept; .sluice without it", ".sluice")
    .action(async (files: readonly string[], options: DevOptions) => {
      const { serve } = await import("../dev/serve.ts");
      finish(await serve(files, options, io));
    });
}
