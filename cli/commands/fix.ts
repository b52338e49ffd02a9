import type { Command } from "commander";
import { addCompileOptions, type CompileOptions } from "../compile-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

interface FixOptions extends CompileOptions {
  readonly dryRun: boolean;
}

/** `sluice fix FILE...`: mends what has one remedy, and writes the files. */
export function addFixCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addCompileOptions(program.command("fix"))
    .description("Mend what has one remedy; comments and layout stay. Exit code 1 when an error is left.")
    .argument("<file...>", "pipeline files")
    .option("--dry-run", "show what would change, write nothing", false)
    .action(async (files: readonly string[], options: FixOptions) => {
      const { fixFiles } = await import("../fix/fix-files.ts");
      const allRight = await fixFiles(files, options, io);
      finish(allRight ? EXIT.ok : EXIT.failed);
    });
}
