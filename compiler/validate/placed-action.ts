import { type CompileContext, executorNameOf } from "../context.ts";
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
}

/** Every action of a pipeline in the order of the file. */
export function placeActions(pipeline: Pipeline, compile: CompileContext): readonly PlacedAction[] {
  return pipeline.stages.flatMap((stage, index) =>
    stage.actions.map((action) => {
      const type = compile.actionTypes.get(action.type.value);
      return { action, stage: index, type, executor: executorOf(action, type, compile) };
    }),
  );
}

function executorOf(action: Action, type: ActionType | undefined, compile: CompileContext): PlacedAction["executor"] {
  const name = executorNameOf(action, type, compile);
  const traits = compile.kinds.get(type?.native ?? compile.executors.get(name)?.kind ?? "");
  return traits && { name, usesImage: traits.usesImage };
}
