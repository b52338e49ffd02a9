import type { Command } from "commander";
import { addApiOptions } from "../api/api-options.ts";
import type { Io } from "../io.ts";
import { repeatable } from "../options.ts";
import type { SubmitOptions } from "../remote/submit-run.ts";

/** `sluice submit FILE`: runs a pipeline on an installation. */
export function addSubmitCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addApiOptions(program.command("submit"))
    .description("Submit a run to an installation; prints its id.")
    .argument("[file]", "pipeline file; it is compiled by the installation")
    .option("--pipeline <name>", "a pipeline that was deployed, in place of a file")
    .addOption(repeatable("-p, --param <name=value>", "a param of the pipeline"))
    .addOption(repeatable("--env <name=value>", "an environment variable of every action; wins over the file's envs"))
    .option("--inputs <file>", "YAML or JSON with params and envs; the options above win over it")
    .option("--idempotency-key <key>", "the same key and content again is the same run; a new one without it")
    .option("--wait", "show the run until it has ended; exit code 1 when it fails", false)
    .action(async (file: string | undefined, options: SubmitOptions) => {
      const { submitRun } = await import("../remote/submit-run.ts");
      finish(await submitRun(file, options, io));
    });
}
