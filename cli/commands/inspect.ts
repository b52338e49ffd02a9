import type { Command } from "commander";
import { type ApiOptions, addApiOptions } from "../api/api-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** `sluice inspect RUN ACTION`: what to look at when an action hangs. */
export function addInspectCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addApiOptions(program.command("inspect"))
    .description("Show what an action's latest attempt is doing, as its executor sees it.")
    .argument("<run>", "id of a run")
    .argument("<action>", "alias or key of an action")
    .action(async (runId: string, action: string, options: ApiOptions) => {
      const { inspectAction } = await import("../remote/inspect-action.ts");
      await inspectAction(runId, action, options, io);
      finish(EXIT.ok);
    });
}
