import type { Command } from "commander";
import { type ApiOptions, addApiOptions } from "../api/api-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** `sluice cancel RUN`: ends a run. */
export function addCancelCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addApiOptions(program.command("cancel"))
    .description("Cancel a run of an installation.")
    .argument("<run>", "id of a run")
    .action(async (runId: string, options: ApiOptions) => {
      const { cancelRun } = await import("../remote/cancel-run.ts");
      await cancelRun(runId, options, io);
      finish(EXIT.ok);
    });
}
