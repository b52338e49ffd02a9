import type { CompileContext } from "../context.ts";
import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import type { Pipeline } from "../model/pipeline.ts";
import { findReferences, type PlacedReference } from "./find-references.ts";
import { type PlacedAction, placeActions } from "./placed-action.ts";

/** What a rule sees: the pipeline and look-ups in it, built once. */
export interface RuleContext {
  readonly pipeline: Pipeline;
  readonly compile: CompileContext;
  readonly collector: DiagnosticCollector;
  /** In the order of the file. */
  readonly actions: readonly PlacedAction[];
  /** The first action of each alias. */
  readonly byAlias: ReadonlyMap<string, PlacedAction>;
  /** Who leaves each directory behind: aliases and further namespaces. */
  readonly byDirectory: ReadonlyMap<string, PlacedAction>;
  /** All references, those of disabled actions left out: nothing of them is ever used. */
  readonly references: readonly PlacedReference[];
}

/** One check; it reports to the context's collector. */
export type Rule = (context: RuleContext) => void;

/** Builds the look-ups for one pipeline. */
export function createRuleContext(
  pipeline: Pipeline,
  compile: CompileContext,
  collector: DiagnosticCollector,
): RuleContext {
  const actions = placeActions(pipeline, compile);
  const byAlias = new Map<string, PlacedAction>();
  for (const placed of actions) {
    const alias = placed.action.alias.value;
    if (!byAlias.has(alias)) byAlias.set(alias, placed);
  }
  const byDirectory = new Map(byAlias);
  for (const placed of actions) {
    for (const { value } of placed.action.namespaces) if (!byDirectory.has(value)) byDirectory.set(value, placed);
  }
  const references = findReferences(pipeline, actions);
  return { pipeline, compile, collector, actions, byAlias, byDirectory, references };
}
