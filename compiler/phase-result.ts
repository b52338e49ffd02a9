import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/** What a phase hands on. `value` is absent where nothing sensible could be built; with errors it may be partial. */
export interface PhaseResult<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}
