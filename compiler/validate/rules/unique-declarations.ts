import type { DiagnosticCollector } from "../../diagnostics/collector.ts";
import type { Located } from "../../source/span.ts";
import type { Rule } from "../rule-context.ts";

/** Params and outputs of the pipeline are declared once. */
export const uniqueDeclarations: Rule = ({ collector, pipeline }) => {
  reportDuplicates("param", pipeline.params, collector);
  reportDuplicates("output", pipeline.outputs, collector);
};

function reportDuplicates(
  kind: string,
  declarations: readonly { readonly name: Located<string> }[],
  collector: DiagnosticCollector,
): void {
  const seen = new Map<string, Located<string>>();
  for (const { name } of declarations) {
    const first = seen.get(name.value);
    if (!first) {
      seen.set(name.value, name);
      continue;
    }
    const related = [{ message: `"${name.value}" is declared here first.`, span: first.span }];
    collector.report("validate/duplicate-declaration", name.span, { kind, name: name.value }, { related });
  }
}
