import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import { CATALOG, type DiagnosticCode, type DiagnosticParams } from "./catalog/index.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import type { Diagnostic, Fix, RelatedPlace, Severity } from "./diagnostic.ts";

/** What one occurrence adds to the catalog's words. `help` and `severity` replace the catalog's. */
export interface DiagnosticExtras {
  readonly help?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly fixes?: readonly Fix[] | undefined;
}

/** Fills the catalog's message for `code`; a missing parameter is a type error. */
export function createDiagnostic<C extends DiagnosticCode>(
  file: SourceFile,
  code: C,
  span: Span,
  params: DiagnosticParams<C>,
  extras: DiagnosticExtras = {},
): Diagnostic {
  const entry: CatalogEntry<string> = CATALOG[code];
  const help = extras.help ?? entry.help?.render(params);
  return {
    code,
    severity: extras.severity ?? entry.severity,
    message: entry.message.render(params),
    file,
    span,
    ...(help === undefined ? {} : { help }),
    ...(extras.related?.length ? { related: extras.related } : {}),
    ...(extras.fixes?.length ? { fixes: extras.fixes } : {}),
  };
}
