import type { ExecutorKindTraits, ExecutorReason } from "../context.ts";
import type { ActionType } from "../model/action-type.ts";
import type { Action, Stage } from "../model/pipeline.ts";
import type { Value } from "../model/value.ts";

/** A pipeline in the order in which it runs, with everything looked up that its lowering asks for. */
export interface PipelineGraph {
  /** Every action in the order of the file, also disabled ones. */
  readonly nodes: readonly ActionNode[];
  /** Stages with at least one enabled action, in order; indices of `onFailure` point into it. */
  readonly stages: readonly GraphStage[];
  /** Key of every alias and namespace. */
  readonly keys: ReadonlyMap<string, string>;
  /** Who leaves a directory behind, by namespace; disabled actions do not. */
  readonly producers: ReadonlyMap<string, ActionNode>;
}

/** An action with its key and what runs it. */
export interface ActionNode {
  readonly action: Action;
  readonly key: string;
  /** Zero-based, as in the file. */
  readonly stage: number;
  /** `undefined` only for a disabled action, whose type does not matter. */
  readonly type: ActionType | undefined;
  readonly traits: ExecutorKindTraits;
  readonly executor: string;
  /** Why it is this one. */
  readonly executorReason: ExecutorReason;
}

/** A stage with something to do, and where its failure goes on. */
export interface GraphStage {
  /** Zero-based, as in the file. */
  readonly number: number;
  readonly source: Stage;
  /** The enabled ones, at least one. */
  readonly steps: readonly Step[];
  /** Index of the stage that a caught failure of a single action jumps to. */
  readonly onFailure: number | undefined;
}

/** An enabled action with what becomes of it. */
export interface Step {
  readonly node: ActionNode;
  /** `undefined` for an action that an executor runs. */
  readonly wait: WaitForm | undefined;
}

/**
 * A native wait. `fixed`: nothing can skip it and its seconds are known, so it is a state alone. `gated`: a function is
 * asked first how long to wait, because of an `if`, an earlier failure, or seconds that are known only in the run.
 */
export type WaitForm =
  | { readonly kind: "fixed"; readonly seconds: number }
  | { readonly kind: "gated"; readonly seconds: Value };
