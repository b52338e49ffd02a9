import type { ActionNode } from "../graph/pipeline-graph.ts";
import type { Span } from "../source/span.ts";
import type { TryPlan } from "./again.ts";

/** A state machine before it is written as ASL: every state has its name, and no text of ASL stands here yet. */
export interface LoweredMachine {
  readonly pipelineKey: string;
  readonly stages: readonly LoweredStage[];
  /** Name of the state that ends a run in which something may have been caught. */
  readonly endOfRun: string | undefined;
  /** Name of the only state of a pipeline that has nothing to do. */
  readonly nothingToDo: string | undefined;
}

/** A stage as the states that it becomes. */
export type LoweredStage =
  /** `onFailure`: index of the stage that a caught failure goes to. */
  | { readonly kind: "single"; readonly step: LoweredStep; readonly onFailure: number | undefined }
  | {
      readonly kind: "parallel";
      readonly state: string;
      readonly span: Span;
      readonly branches: readonly LoweredBranch[];
    };

interface LoweredBranch {
  readonly step: LoweredStep;
  /** The Pass that a failure ends in which no function could report; absent where nothing can fail. */
  readonly caught: string | undefined;
}

/** One action as one or two states. */
export type LoweredStep =
  | {
      readonly kind: "task";
      readonly node: ActionNode;
      readonly state: string;
      readonly timeoutSeconds: number;
      readonly heartbeatSeconds: number | undefined;
      readonly tries: TryPlan;
      /** Repetitions that fit into the action's timeout. */
      readonly mostRetries: number;
    }
  | { readonly kind: "wait"; readonly node: ActionNode; readonly state: string; readonly seconds: number }
  | {
      readonly kind: "gatedWait";
      readonly node: ActionNode;
      readonly state: string;
      readonly timeoutSeconds: number;
      readonly wait: string;
    };
