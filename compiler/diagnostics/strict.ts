import { CATALOG } from "./catalog/index.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import type { Diagnostic } from "./diagnostic.ts";

const ENTRIES: readonly (readonly [code: string, entry: CatalogEntry<string>])[] = Object.entries(CATALOG);

/** Codes of what has no effect. */
const RAISED: ReadonlySet<string> = new Set(
  ENTRIES.filter(([, { severity, strictSeverity }]) => severity !== strictSeverity).map(([code]) => code),
);

/** The diagnostics as `--strict` sees them: what has no effect is an error. */
export function strictly(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    RAISED.has(diagnostic.code) ? { ...diagnostic, severity: "error" } : diagnostic,
  );
}
