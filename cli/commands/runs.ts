import type { Command } from "commander";
import { addApiOptions } from "../api/api-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { repeatable } from "../options.ts";
import type { ListOptions } from "../remote/list-runs.ts";

/** `sluice runs`: the runs of an installation. */
export function addRunsCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addApiOptions(program.command("runs"))
    .description("List the runs of an installation, the newest first.")
    .option("--pipeline <name>", "of this pipeline only")
    .addOption(repeatable("--status <status>", "in this status only: running, failed, succeeded …"))
    .option("--limit <n>", "how many at most; 20 without it")
    .option("--after <place>", "go on where the last list ended")
    .action(async (options: ListOptions) => {
      const { listRuns } = await import("../remote/list-runs.ts");
      await listRuns(options, io);
      finish(EXIT.ok);
    });
}
