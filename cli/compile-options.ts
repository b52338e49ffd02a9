import type { Command, Option } from "commander";
import { repeatable } from "./options.ts";

/** Flags that `check`, `compile` and `run` share. */
export interface CompileOptions {
  /** Directories with action types of the user's own. */
  readonly actions: readonly string[];
  /** `NAME=KIND`. */
  readonly executor: readonly string[];
  readonly strict: boolean;
  /** Actions that name no executor run in containers of this machine. Default: as its processes. */
  readonly containers?: boolean;
}

/** `--actions DIR`, the same for every command that knows action types. */
export function actionsOption(): Option {
  return repeatable("--actions <dir>", "a directory with action types of your own, a folder each");
}

/** Gives a command the flags that all who compile share. */
export function addCompileOptions(command: Command): Command {
  return command
    .addOption(actionsOption())
    .addOption(repeatable("--executor <name=kind>", "an executor that the pipeline names, and its kind: build=process"))
    .option("--strict", "make warnings about what has no effect errors", false);
}
