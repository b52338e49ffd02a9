import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import type { DiagnosticCode, DiagnosticParams } from "./catalog/index.ts";
import { createDiagnostic, type ExtrasOf } from "./create-diagnostic.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** Gathers the diagnostics of one phase about one file, in the order in which they are found. */
export interface DiagnosticCollector {
  readonly file: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
  report<C extends DiagnosticCode>(code: C, span: Span, params: DiagnosticParams<C>, ...extras: ExtrasOf<C>): void;
  /** Takes over what another phase or function found. */
  add(diagnostics: readonly Diagnostic[]): void;
}

/** An empty collector for `file`. */
export function createDiagnosticCollector(file: SourceFile): DiagnosticCollector {
  const diagnostics: Diagnostic[] = [];
  return {
    file,
    diagnostics,
    report(code, span, params, ...extras) {
      diagnostics.push(createDiagnostic(file, code, span, params, ...extras));
    },
    add(others) {
      for (const diagnostic of others) diagnostics.push(diagnostic);
    },
  };
}

/** Whether any of them keeps the pipeline from being compiled. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
