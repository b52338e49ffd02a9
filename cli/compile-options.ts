import { type Command, Option } from "commander";
import { collect } from "./options.ts";

/** Flags that `check`, `compile` and `run` share. */
export interface CompileOptions {
  /** Directories with action types of the user's own. */
  readonly actions: readonly string[];
  /** `NAME=KIND`. */
  readonly executor: readonly string[];
  readonly strict: boolean;
}

export function addCompileOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--actions <dir>", "a directory with action types of your own, a folder each (repeatable)")
        .argParser(collect)
        .default([]),
    )
    .addOption(
      new Option(
        "--executor <name=kind>",
        "an executor that the pipeline names, and its kind: build=process (repeatable)",
      )
        .argParser(collect)
        .default([]),
    )
    .option("--strict", "make warnings about unknown keys errors", false);
}
