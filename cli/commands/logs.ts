import type { Command } from "commander";
import { addApiOptions } from "../api/api-options.ts";
import type { Io } from "../io.ts";
import type { LogsOptions } from "../remote/follow-logs.ts";

/** `sluice logs RUN [ACTION]`: what actions have written. */
export function addLogsCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addApiOptions(program.command("logs"))
    .description("Print the log of an action, or of all actions of a run.")
    .argument("<run>", "id of a run")
    .argument("[action]", "alias or key of an action; all of them without it")
    .option("-f, --follow", "go on until what is read has ended", false)
    .option("--attempt <n>", "of this attempt, counted from 1; of the latest without it")
    .action(async (runId: string, action: string | undefined, options: LogsOptions) => {
      const { printLogs } = await import("../remote/follow-logs.ts");
      finish(await printLogs(runId, action, options, io));
    });
}
