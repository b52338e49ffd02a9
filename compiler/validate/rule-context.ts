import type { CompileContext } from "../context.ts";
import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import type { ActionType } from "../model/action-type.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";
import { findReferences, type PlacedReference } from "./find-references.ts";

/** An action with what rules ask about it again and again. */
export interface PlacedAction {
  readonly action: Action;
  /** Zero-based. */
  readonly stage: number;
  /** `undefined` when the type is not known. */
  readonly type: ActionType | undefined;
  /** Where it runs; `undefined` when the executor is not known. */
  readonly executor: { readonly name: string; readonly usesImage: boolean } | undefined;
}

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
  const actions = pipeline.stages.flatMap((stage, index) =>
    stage.actions.map((action) => {
      const type = compile.actionTypes.get(action.type.value);
      return { action, stage: index, type, executor: executorOf(action, type, compile) };
    }),
  );
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

/** The action's own executor, else that of its type, else the default; a native type is its own kind. */
function executorOf(action: Action, type: ActionType | undefined, compile: CompileContext): PlacedAction["executor"] {
  const name = type?.native ?? action.executor?.value ?? type?.executor ?? compile.defaultExecutor;
  const traits = compile.kinds.get(type?.native ?? compile.executors.get(name)?.kind ?? "");
  return traits && { name, usesImage: traits.usesImage };
}
