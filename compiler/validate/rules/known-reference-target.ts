import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { Rule } from "../rule-context.ts";

/** What a reference names exists: an action, a directory, a param. */
export const knownReferenceTarget: Rule = ({ byAlias, byDirectory, collector, pipeline, references }) => {
  const { file } = collector;
  const params = new Set(pipeline.params.map(({ name }) => name.value));
  const most = collector.diagnostics.length + MOST_REPORTED;
  for (const { reference } of references) {
    const { span } = reference;
    // To compare 20,000 wrong names with 20,000 right ones takes seconds, and nobody reads so many suggestions.
    if (collector.diagnostics.length >= most) return;
    if (reference.kind === "output" && !byAlias.has(reference.action)) {
      const help = didYouMean(reference.action, byAlias.keys()) ?? listed("Actions", byAlias);
      const fixes = renameToNear(file, span, reference.action, byAlias.keys(), ["outputs.", "${"]);
      collector.report("validate/unknown-action-reference", span, { action: reference.action }, { help, fixes });
    } else if (reference.kind === "dir" && !byDirectory.has(reference.namespace)) {
      const help = didYouMean(reference.namespace, byDirectory.keys()) ?? listed("Directories", byDirectory);
      const fixes = renameToNear(file, span, reference.namespace, byDirectory.keys(), ["dirs."]);
      collector.report("validate/unknown-directory", span, { namespace: reference.namespace }, { help, fixes });
    } else if (reference.kind === "param" && !params.has(reference.name)) {
      const help = didYouMean(reference.name, params);
      const fixes = renameToNear(file, span, reference.name, params, ["params."]);
      collector.report("validate/unknown-param-reference", span, { param: reference.name }, { help, fixes });
    }
  }
};

/** Unknown names of one file: ten times as many as are shown. */
const MOST_REPORTED = 1000;

function listed(what: string, names: ReadonlyMap<string, unknown>): string {
  const shown: string[] = [];
  for (const name of names.keys()) if (shown.push(name) === 10) break;
  return `${what} of this pipeline are ${shown.join(", ")}.`;
}
