import { createDiagnostic } from "./create-diagnostic.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** Diagnostics shown at most for one file, unless the context says otherwise. */
const MOST_DIAGNOSTICS = 100;

/**
 * What the author sees: every diagnostic once, ordered by position, at most `most` (100). Errors are kept before
 * warnings; where some are left out, a last one says how many.
 */
export function arrangeDiagnostics(
  diagnostics: readonly Diagnostic[],
  most: number = MOST_DIAGNOSTICS,
): readonly Diagnostic[] {
  const unique = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, span, message } = diagnostic;
    const key = `${code} ${span.start} ${span.end} ${message}`;
    if (!unique.has(key)) unique.set(key, diagnostic);
  }
  const all = [...unique.values()];
  if (all.length <= most) return all.sort(byPosition);
  const kept = [...all].sort(bySeverity).slice(0, most).sort(byPosition);
  const last = kept.at(-1);
  if (!last) return kept;
  const left = all.length - kept.length;
  return [...kept, createDiagnostic(last.file, "validate/too-many-diagnostics", last.span, { left })];
}

function byPosition(left: Diagnostic, right: Diagnostic): number {
  return (
    left.span.start - right.span.start ||
    bySeverity(left, right) ||
    left.span.end - right.span.end ||
    (left.code < right.code ? -1 : 1)
  );
}

function bySeverity(left: Diagnostic, right: Diagnostic): number {
  return rank(left) - rank(right);
}

function rank({ severity }: Diagnostic): number {
  return severity === "error" ? 0 : 1;
}
