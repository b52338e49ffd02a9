import { type Command, Option } from "commander";
import type { EndpointOptions } from "./endpoint.ts";

/** Flags of every command that talks to an installation. */
export interface ApiOptions extends EndpointOptions {
  readonly format: "text" | "json";
}

/** Gives a command the flags that all who talk to an installation share. */
export function addApiOptions(command: Command): Command {
  return command
    .option(
      "--endpoint <url>",
      "the API of an installation; SLUICE_ENDPOINT or the sluice dev of this directory without it",
    )
    .option("--state-dir <dir>", "where sluice dev keeps its state; .sluice without it", ".sluice")
    .addOption(new Option("--format <format>", "what stdout gets").choices(["text", "json"]).default("text"));
}
