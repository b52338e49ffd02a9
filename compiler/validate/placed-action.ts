import { type CompileContext, chooseExecutor, type ExecutorReason } from "../context.ts";
import type { ActionType } from "../model/action-type.ts";
import type { Action, Pipeline } from "../model/pipeline.ts";

/** An action with what rules ask about it again and again. */
export interface PlacedAction {
  readonly action: Action;
  /** Zero-based. */
  readonly stage: number;
  /** `undefined` when the type is not known. */
  readonly type: ActionType | undefined;
  /** Where it runs; `undefined` when the executor is not known. */
  readonly executor: { readonly name: string; readonly usesImage: boolean } | undefined;
  /** Why it runs there, or would where the executor is not known. */
  readonly executorReason: ExecutorReason;
}

/** Every action of a pipeline in the order of the file. */
export function placeActions(pipeline: Pipeline, compile: CompileContext): readonly PlacedAction[] {
  return pipeline.stages.flatMap((stage, index) =>
    stage.actions.map((action) => {
      const type = compile.actionTypes.get(action.type.value);
      const { name, reason } = chooseExecutor(action, type, pipeline, compile);
      const traits = compile.kinds.get(reason === "native" ? name : (compile.executors.get(name)?.kind ?? ""));
      const executor = traits && { name, usesImage: traits.usesImage };
      return { action, stage: index, type, executor, executorReason: reason };
    }),
  );
}
