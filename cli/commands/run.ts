import { type Command, Option } from "commander";
import { addCompileOptions } from "../compile-options.ts";
import type { Io } from "../io.ts";
import { repeatable } from "../options.ts";
import type { RunOptions } from "../run/run-pipeline.ts";

/** `sluice run FILE`: compiles a pipeline and runs the very state machine on this machine. */
export function addRunCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addCompileOptions(program.command("run"))
    .description("Run a pipeline on this machine. Ctrl-C cancels the run, a second Ctrl-C kills it.")
    .argument("<file>", "pipeline file")
    .option("--inputs <file>", "YAML or JSON with params, envs, configs and secrets; the options below win over it")
    .addOption(repeatable("--param <name=value>", "a param of the pipeline"))
    .addOption(repeatable("--env <name=value>", "an environment variable of every action; wins over the file's envs"))
    .addOption(repeatable("--config <key=value>", "a config, read as ((key)) or ${{ configs.key }}"))
    .addOption(
      repeatable("--secret <name>", "a secret, read like a config; its value is the environment variable NAME"),
    )
    .addOption(repeatable("--secret-file <key=path>", "a secret file; ((key)) is its path in the action"))
    .option("--containers", "run the actions in containers, with podman or docker; without it, as processes")
    .option("--agent-image <image>", "image of the agent beside each container; built from this package without it")
    .option("--state-dir <dir>", "where runs, logs and objects are kept; .sluice without it", ".sluice")
    .addOption(new Option("--format <format>", "what stdout gets at the end").choices(["text", "json"]).default("text"))
    .action(async (file: string, options: RunOptions) => {
      const { runPipeline } = await import("../run/run-pipeline.ts");
      finish(await runPipeline(file, options, io));
    });
}
