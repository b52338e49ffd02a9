import { type Command, Option } from "commander";
import { addCompileOptions, type CompileOptions } from "../compile-options.ts";
import type { Io } from "../io.ts";

interface GraphOptions extends CompileOptions {
  readonly format: "mermaid" | "json";
}

/** `sluice graph FILE`: prints a pipeline as a diagram. */
export function addGraphCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  addCompileOptions(program.command("graph"))
    .description("Print a pipeline as a diagram: stages, actions, who needs what of whom.")
    .argument("<file>", "pipeline file")
    .addOption(new Option("--format <format>", "how to print it").choices(["mermaid", "json"]).default("mermaid"))
    .action(async (file: string, options: GraphOptions) => {
      const { printGraph } = await import("../graph/print-graph.ts");
      finish(await printGraph(file, options, io));
    });
}
