import { type Command, Option } from "commander";
import { addCompileOptions, type CompileOptions } from "../compile-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

interface CheckOptions extends CompileOptions {
  readonly unknownActions: "error" | "warn";
  readonly format: "text" | "json" | "github";
}

/** `sluice check FILE...`: reads pipelines and says what is wrong with them, without running anything. */
export function addCheckCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addCompileOptions(program.command("check"))
    .description("Check pipeline files. Exit code 1 when one has an error.")
    .argument("<file...>", "pipeline files")
    .addOption(
      new Option("--unknown-actions <severity>", "what an unknown action type is")
        .choices(["error", "warn"])
        .default("error"),
    )
    .addOption(
      new Option("--format <format>", "how to print what is wrong").choices(["text", "json", "github"]).default("text"),
    )
    .action(async (files: readonly string[], options: CheckOptions) => {
      const { checkFiles } = await import("../check/check-files.ts");
      const { printChecks } = await import("../check/print-checks.ts");
      const checks = await checkFiles(files, options, io);
      printChecks(checks, options.format, io);
      finish(checks.every((check) => check.valid) ? EXIT.ok : EXIT.failed);
    });
}
