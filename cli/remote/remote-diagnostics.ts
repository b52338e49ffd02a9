import type { Diagnostic, SourceFile, Span } from "../../compiler/index.ts";
import type { ApiDiagnostic } from "../api/answers.ts";

type Place = Pick<ApiDiagnostic, "line" | "column" | "endLine" | "endColumn">;

/** Diagnostics that an installation has answered, as the compiler's own: their places in the text that was submitted. */
export function toDiagnostics(diagnostics: readonly ApiDiagnostic[], file: SourceFile): readonly Diagnostic[] {
  const spanOf = spansOf(file.text);
  return diagnostics.map(({ code, severity, message, help, related, ...place }) => ({
    code,
    severity,
    message,
    help,
    file,
    span: spanOf(place),
    ...(related !== undefined && {
      related: related.map((other) => ({ message: other.message, file, span: spanOf(other) })),
    }),
  }));
}

/** Lines end as the compiler has them end: `\n`, `\r\n`, a lone `\r`. */
function spansOf(text: string): (place: Place) => Span {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: end }) => index + end.length)];
  const offset = (line: number, column: number) =>
    Math.min(text.length, (starts[line - 1] ?? text.length) + column - 1);
  return ({ line, column, endLine, endColumn }) => ({ start: offset(line, column), end: offset(endLine, endColumn) });
}
