import { createDiagnosticCollector } from "../diagnostics/collector.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import type { SourceFile } from "../source/source-file.ts";
import { fixAround } from "./fix-around.ts";
import type { Replacement } from "./problem.ts";
import { type RewrittenCommands, rewriteCommands } from "./rewrite-commands.ts";
import { shellOf } from "./shell-of.ts";

/**
 * Rewrites the commands of every enabled action. Needs nothing but the model, so that its diagnostics come together
 * with those of the validation.
 */
export function rewriteScripts(
  pipeline: Pipeline,
  file: SourceFile,
): { readonly scripts: ReadonlyMap<Action, RewrittenCommands>; readonly diagnostics: readonly Diagnostic[] } {
  const collector = createDiagnosticCollector(file);
  /** References of one text share the change of it. */
  const fixesOf = new Map<Replacement, readonly Fix[]>();
  const scripts = new Map<Action, RewrittenCommands>();
  for (const action of pipeline.stages.flatMap(({ actions }) => actions)) {
    if (action.disabled || !action.commands) continue;
    const rewritten = rewriteCommands(action.commands, shellOf(action.shell?.value));
    scripts.set(action, rewritten);
    for (const { code, help, reader, reference, replacement } of rewritten.problems) {
      const fixes = replacement ? (fixesOf.get(replacement) ?? fixAround(replacement, file)) : [];
      if (replacement) fixesOf.set(replacement, fixes);
      collector.report(code, reference.reference.span, { reference: reference.text, reader }, { help, fixes });
    }
  }
  return { scripts, diagnostics: collector.diagnostics };
}
