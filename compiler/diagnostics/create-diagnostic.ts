import { InternalCompilerError } from "../internal-compiler-error.ts";
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

/** Extras that say what to do. */
export interface Remedy extends DiagnosticExtras {
  readonly help: string;
}

/** The last argument of a report: where the catalog has no remedy, the occurrence must bring one. */
export type ExtrasOf<C extends DiagnosticCode> = (typeof CATALOG)[C]["help"] extends undefined
  ? [extras: Remedy]
  : [extras?: DiagnosticExtras];

/** Fills the catalog's message for `code`; a missing parameter or remedy is a type error. */
export function createDiagnostic<C extends DiagnosticCode>(
  file: SourceFile,
  code: C,
  span: Span,
  params: DiagnosticParams<C>,
  ...[extras = {}]: ExtrasOf<C>
): Diagnostic {
  const entry: CatalogEntry<string> = CATALOG[code];
  const help = extras.help ?? entry.help?.render(params);
  if (help === undefined) throw new InternalCompilerError(`Nobody says what to do about "${code}".`);
  return {
    code,
    severity: extras.severity ?? entry.severity,
    message: entry.message.render(params),
    file,
    span,
    help,
    ...(extras.related?.length ? { related: extras.related } : {}),
    ...(extras.fixes?.length ? { fixes: extras.fixes } : {}),
  };
}
