import type { CompileContext } from "../../context.ts";
import type { DiagnosticCollector } from "../../diagnostics/collector.ts";
import type { ReferenceContext, ReferenceNames } from "../../expression/references/reference-context.ts";
import { InternalCompilerError } from "../../internal-compiler-error.ts";
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
  const textStart = startOfVerbatim(scalar);
  let offsets: readonly number[] | undefined;
  const at = (index: number) => {
    if (textStart !== undefined) return textStart + index;
    offsets ??= scalarOffsets(scalar, file.text);
    const offset = offsets[index];
    if (offset === undefined) throw new InternalCompilerError(`The text has no character ${index}.`);
    return offset;
  };
  return {
    names,
    collector,
    language,
    spanOf: (start, end) => ({ start: at(start), end: end > start ? at(end - 1) + 1 : at(end) }),
  };
}

/**
 * Where the text of a scalar starts that stands in the source as it is, but for its quotes: everything that YAML changes
 * in plain and quoted text makes it shorter.
 */
function startOfVerbatim({ span, style, text }: YamlScalar): number | undefined {
  const quote = style === "single" || style === "double" ? 1 : 0;
  const isFlow = quote === 1 || style === "plain";
  return isFlow && span.end - span.start === text.length + 2 * quote ? span.start + quote : undefined;
}
