import type { CompileContext } from "../../context.ts";
import type { DiagnosticCollector } from "../../diagnostics/collector.ts";
import type { ReferenceContext, ReferenceNames } from "../../expression/references/reference-context.ts";
import { scalarOffsets } from "../../parse/scalar-offsets.ts";
import type { YamlScalar } from "../../parse/tree.ts";
import type { SourceFile } from "../../source/source-file.ts";

/** What every reader of this folder needs. */
export interface ReadContext {
  readonly file: SourceFile;
  readonly collector: DiagnosticCollector;
  readonly compile: CompileContext;
}

/** With the names that the whole file defines; known once all stages were looked through. */
export interface NamedContext extends ReadContext {
  readonly names: ReferenceNames;
}

/** For looking for references in the text of one scalar; offsets are computed only when a span is asked for. */
export function referenceContext(
  scalar: YamlScalar,
  { collector, file, names }: NamedContext,
  language: ReferenceContext["language"],
): ReferenceContext {
  let offsets: readonly number[] | undefined;
  const at = (index: number) => {
    offsets ??= scalarOffsets(scalar, file.text);
    return offsets[index] ?? scalar.span.end;
  };
  return {
    names,
    collector,
    language,
    spanOf: (start, end) => ({ start: at(start), end: end > start ? at(end - 1) + 1 : at(end) }),
  };
}
