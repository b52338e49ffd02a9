import type { DiagnosticCollector } from "../../diagnostics/collector.ts";
import type { Span } from "../../source/span.ts";

/** What a pipeline defines that a reference may name; needed to tell `${repo}` from a shell variable. */
export interface ReferenceNames {
  readonly aliases: ReadonlySet<string>;
  /** Aliases and further namespaces: what `dirs` and `${name}` may name. */
  readonly namespaces: ReadonlySet<string>;
  readonly params: ReadonlySet<string>;
}

/** Where a text with references stands. */
export interface ReferenceContext {
  readonly names: ReferenceNames;
  readonly collector: DiagnosticCollector;
  /** `commands`: what is no reference of ours belongs to the shell. */
  readonly language: "value" | "commands" | "expression";
  /** Place in the source of `text.slice(start, end)`. */
  spanOf(start: number, end: number): Span;
}
