import type { CompileContext } from "../context.ts";
import { createDiagnosticCollector } from "../diagnostics/collector.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Pipeline } from "../model/pipeline.ts";
import type { SourceFile } from "../source/source-file.ts";
import { createRuleContext } from "./rule-context.ts";
import { RULES } from "./rules/index.ts";

/** Runs every rule over a pipeline that was read, also over one that was read only in part. */
export function validatePipeline(pipeline: Pipeline, context: CompileContext, file: SourceFile): readonly Diagnostic[] {
  const collector = createDiagnosticCollector(file);
  const ruleContext = createRuleContext(pipeline, context, collector);
  for (const rule of RULES) rule(ruleContext);
  return collector.diagnostics;
}
