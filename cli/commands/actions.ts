import type { Command } from "commander";
import { actionsOption } from "../compile-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** `sluice actions [NAME]`: what a pipeline can use. */
export function addActionsCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  program
    .command("actions")
    .description("List the action types, or show one: its params and outputs.")
    .argument("[name]", "an action type")
    .addOption(actionsOption())
    .action(async (name: string | undefined, options: { readonly actions: readonly string[] }) => {
      const { showActions } = await import("../actions-list/show-actions.ts");
      await showActions(name, options.actions, io);
      finish(EXIT.ok);
    });
}
