import type { PassState } from "../definition/model.ts";
import { runOf, type StepContext } from "../execution/context.ts";
import type { Frame } from "../execution/execution.ts";
import { leaveState } from "../execution/leave.ts";
import type { Step } from "../step.ts";

/** Ends at once. */
export function* beginPass(context: StepContext, frame: Frame, state: PassState): Step<void> {
  yield* leaveState(context, frame, state, runOf(context, frame).input);
}
