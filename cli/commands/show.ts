import type { Command } from "commander";
import { type ApiOptions, addApiOptions } from "../api/api-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** `sluice show RUN`: a run as it is now. */
export function addShowCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addApiOptions(program.command("show"))
    .description("Show a run of an installation: its actions, why one failed, the outputs.")
    .argument("<run>", "id of a run")
    .action(async (runId: string, options: ApiOptions) => {
      const { showRun } = await import("../remote/show-run.ts");
      await showRun(runId, options, io);
      finish(EXIT.ok);
    });
}
