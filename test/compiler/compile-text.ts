import { buildGraph } from "../../compiler/graph/build-graph.ts";
import type { PipelineGraph } from "../../compiler/graph/pipeline-graph.ts";
import {
  type Compilation,
  type CompileContext,
  compile,
  type Diagnostic,
  formatDiagnostics,
} from "../../compiler/index.ts";
import { SHOP_CONTEXT } from "./compile-context.ts";

/** Compiles a pipeline that must compile; warnings are allowed. */
export function compileText(text: string, context: CompileContext = SHOP_CONTEXT): Compilation {
  const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text }, context);
  if (!compilation) throw new Error(formatDiagnostics(diagnostics));
  return compilation;
}

/** Codes and marked texts of what a pipeline is told, in order. */
export function diagnosticsOf(text: string): readonly (readonly [code: string, marked: string])[] {
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  return diagnostics.map(({ code, span }: Diagnostic) => [code, text.slice(span.start, span.end)]);
}

/** The graph of a pipeline that must compile. */
export function graphOf(text: string, context: CompileContext = SHOP_CONTEXT): PipelineGraph {
  compileText(text, context);
  const file = { name: "pipeline.yaml", text };
  const { pipeline } = compile(file, context);
  const graph = pipeline && buildGraph(pipeline, context);
  if (!graph) throw new Error("There is no graph.");
  return graph;
}

/** A pipeline of `custom-script` actions, stage by stage: `[["build"], ["lint", "test?"]]`; `?` gives an `if`, `!` disables. */
export function pipelineText(stages: readonly (readonly string[])[]): string {
  const lines = stages.flatMap((actions) => [
    "- stage:",
    ...actions.map((written) => {
      const alias = written.replace(/[?!]$/, "");
      const more = written.endsWith("?") ? `, if: "\${{ 1 == 1 }}"` : written.endsWith("!") ? ", disable: true" : "";
      return `  - custom-script: {alias: ${JSON.stringify(alias)}, commands: make shop${more}}`;
    }),
  ]);
  return `version: "1.1"\nname: shop\nstages:${lines.length === 0 ? " []" : ""}\n${lines.join("\n")}\n`;
}
