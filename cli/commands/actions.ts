import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { collect } from "../options.ts";

/** `sluice actions [NAME]`: what a pipeline can use. */
export function addActionsCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  program
    .command("actions")
    .description("List the action types, or show one: its params and outputs.")
    .argument("[name]", "an action type")
    .option("--actions <dir>", "a directory with action types of your own, a folder each (repeatable)", collect, [])
    .action(async (name: string | undefined, options: { readonly actions: readonly string[] }) => {
      const { showActions } = await import("../actions-list/show-actions.ts");
      await showActions(name, options.actions, io);
      finish(EXIT.ok);
    });
}
