import type { Command } from "commander";
import { addCompileOptions, type CompileOptions } from "../compile-options.ts";
import type { Io } from "../io.ts";

interface CompileCommandOptions extends CompileOptions {
  readonly out: string;
}

/** `sluice compile FILE`: writes the state machine, the plan and the report of a pipeline. */
export function addCompileCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addCompileOptions(program.command("compile"))
    .description("Compile a pipeline: writes state-machine.asl.json, plan.json and report.json.")
    .argument("<file>", "pipeline file")
    .option("--out <dir>", "directory to write to, made if it is missing; this one without it", ".")
    .action(async (file: string, options: CompileCommandOptions) => {
      const { compileToFiles } = await import("../compile/compile-to-files.ts");
      finish(await compileToFiles(file, options, io));
    });
}
