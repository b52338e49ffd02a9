import { diagramToMermaid, drawPipeline } from "../../compiler/index.ts";
import { compileFile } from "../compile/compile-file.ts";
import type { CompileOptions } from "../compile-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** Prints the diagram of a pipeline; what is wrong with it goes to stderr. Answers the exit code. */
export async function printGraph(
  file: string,
  options: CompileOptions & { readonly format: "mermaid" | "json" },
  io: Io,
): Promise<number> {
  const { compilation, context, pipeline, source } = await compileFile(file, options, io);
  if (!compilation || !pipeline) return EXIT.failed;
  const diagram = drawPipeline(pipeline, context, source);
  io.stdout.write(options.format === "json" ? `${JSON.stringify(diagram, null, 2)}\n` : diagramToMermaid(diagram));
  return EXIT.ok;
}
