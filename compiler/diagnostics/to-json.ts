import { rangeOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";

/** A place in the file: 1-based, end exclusive. */
interface JsonPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What `check --format json` prints for one diagnostic. */
export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  /** What `sluice fix` would do about it. */
  readonly fix?: string;
  readonly related?: readonly (JsonPlace & { readonly message: string })[];
}

/** Diagnostics with lines and columns instead of offsets, in the same order. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): readonly JsonDiagnostic[] {
  return diagnostics.map(({ code, severity, message, file, span, help, related, fixes }) => ({
    code,
    severity,
    message,
    ...placeOf(file, span),
    help,
    ...(fixes?.[0] === undefined ? {} : { fix: fixes[0].title }),
    ...(related === undefined
      ? {}
      : { related: related.map((other) => ({ message: other.message, ...placeOf(file, other.span) })) }),
  }));
}

function placeOf(file: SourceFile, span: Span): JsonPlace {
  const { start, end } = rangeOf(file, span);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
